package dev.certtide.it.stack;

import dev.certtide.model.Target;
import dev.certtide.model.event.EventType;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Somebody whose sites are watched: what a backend publishes for them, and what reaches them. */
public final class SiteOwner {
    static final String CRM = "/crm";

    private final String id;
    private final String webhook;
    private final WebhookInbox webhooks;
    private final MailInbox mails;

    SiteOwner(String id, String webhook, WebhookInbox webhooks, MailInbox mails) {
        this.id = id;
        this.webhook = webhook;
        this.webhooks = webhooks;
        this.mails = mails;
    }

    public String id() {
        return id;
    }

    public String address() {
        return id + "@certtide.test";
    }

    /** The webhook calls that reached this owner, in their order. */
    public List<WebhookInbox.Call> calls() {
        return webhooks.calls("/" + id);
    }

    /** What the CRM was told of this owner, in its order. */
    public List<WebhookInbox.Call> callsToTheCrm() {
        return webhooks.calls(CRM).stream()
                .filter(call -> call.owner().equals(id))
                .toList();
    }

    /** The subjects of the mails that reached this owner, in their order. */
    public List<String> mails() {
        return mails.subjects(address());
    }

    /** A complete event that has this owner told by webhook and mail. */
    public Map<String, Object> added(String url) {
        return event(EventType.URL_ADDED, data(url));
    }

    /** An event about one of this owner's URLs. */
    public Map<String, Object> event(EventType type, Target target) {
        return event(type, Map.of("url", target.id(), "owner", id));
    }

    /** What a backend in a hurry sends: no event, just the object. */
    public Map<String, Object> bare(String url) {
        return data(url);
    }

    private Map<String, Object> data(String url) {
        return Map.of(
                "url",
                url,
                "owner",
                id,
                "email",
                address(),
                "channels",
                List.of(Map.of("type", "webhook", "url", webhook), Map.of("type", "email", "address", address())));
    }

    private static Map<String, Object> event(EventType type, Map<String, Object> data) {
        var event = new HashMap<String, Object>();
        event.put("specversion", "1.0");
        event.put("id", UUID.randomUUID().toString());
        event.put("source", "urn:certtide:tests");
        event.put("type", type.typeName());
        event.put("time", Instant.now().toString());
        event.put("data", data);
        return event;
    }

    /** JSON of an event, or of several as a batch. */
    public static String json(Object event) {
        return Json.write(Object.class, event);
    }
}

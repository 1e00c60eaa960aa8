package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.GuardedHttp.Answer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends events to PagerDuty (PagerDuty developer documentation, "Events API v2 Overview", "Send an alert event"). */
final class PagerDutySender implements Sender<Channel.PagerDuty> {
    private static final int SUMMARY = 1024;
    private static final int LONGEST_KEY = 255;

    private final Secrets secrets;
    private final Poster poster;
    private final URI events;

    /** @param base where PagerDuty is, without a path */
    PagerDutySender(Secrets secrets, Poster poster, URI base) {
        this.secrets = secrets;
        this.poster = poster;
        this.events = base.resolve("/v2/enqueue");
    }

    @Override
    public Outcome send(Notice notice, Channel.PagerDuty channel) {
        var who = channel.displayName();
        var key = secrets.of(notice.notification().owner(), channel).get("routingKey");
        return poster.post(who, events, Map.of(), Json.write(event(notice, key)), answer -> judge(who, answer));
    }

    static Map<String, Object> event(Notice notice, String routingKey) {
        var notification = notice.notification();
        var event = new LinkedHashMap<String, Object>();
        event.put("routing_key", routingKey);
        event.put("event_action", notification.kind() == Notification.Kind.RECOVERED ? "resolve" : "trigger");
        event.put("dedup_key", dedupKey(notification));
        if (notification.kind() == Notification.Kind.RECOVERED) {
            return event;
        }
        var payload = new LinkedHashMap<String, Object>();
        payload.put("summary", MessageText.shortened(notice.text().subject(), SUMMARY));
        payload.put("source", notification.target().displayName());
        payload.put("severity", severity(notification));
        payload.put("timestamp", notification.at().toString());
        payload.put("component", "certificate");
        payload.put("group", notification.owner().id());
        payload.put("class", notification.kind().word());
        payload.put("custom_details", details(notice));
        event.put("payload", payload);
        event.put("client", "Certtide");
        return event;
    }

    private static Map<String, String> details(Notice notice) {
        var details = new LinkedHashMap<String, String>();
        details.put("target", notice.notification().target().id());
        details.put("incident", notice.notification().incident());
        notice.facts().acknowledge().ifPresent(how -> details.put("acknowledge", how));
        details.put("text", notice.text().body());
        return details;
    }

    /** The same from the first word of an incident to the last, and another for each owner: PagerDuty joins by it. */
    static String dedupKey(Notification notification) {
        var key = notification.incident() + "/" + notification.owner().id();
        return key.length() <= LONGEST_KEY ? key : "incident/" + Fingerprint.shortOf(key);
    }

    private static String severity(Notification notification) {
        return switch (notification.kind()) {
            case TEST -> "info";
            case OPENED, CHANGED, RECOVERED, REMINDER, ESCALATED, SUMMARY -> severity(notification.status());
        };
    }

    private static String severity(Status status) {
        return switch (status) {
            case OK -> "info";
            case WARNING -> "warning";
            case CRITICAL, UNREACHABLE -> "critical";
        };
    }

    /** 202 is taken, 400 is refused for good, and its text may repeat the event with the key in it. */
    static Outcome judge(String who, Answer answer) {
        if (answer.status() == 400) {
            return new Outcome.Permanent(
                    "channel.name", who + " refuses the event; is the routing key still that of the service?");
        }
        // Anybody else's 200 would be an alert that nobody gets.
        return answer.status() == 200
                ? new Outcome.Permanent("channel.name", who + " answered 200 and not 202")
                : Poster.byStatus(who, "channel.name", answer);
    }
}

package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.GuardedHttp.Answer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends events to PagerDuty (PagerDuty developer documentation, "Events API v2 Overview", "Send an alert event"). */
final class PagerDutySender implements Sender<Channel.PagerDuty> {
    private static final String TRIGGER = "trigger";
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
        var outcome = post(who, event(notice, key));
        if (outcome instanceof Outcome.Delivered && notice.notification().kind() == Kind.TEST) {
            // Nothing else would end it.
            return post(who, event("resolve", dedupKey(notice.notification()), key));
        }
        var before = notice.notification().alarm() - 1;
        return outcome instanceof Outcome.Delivered
                        && action(notice.notification().kind()).equals(TRIGGER)
                        && before >= 0
                ? post(who, resolved(notice.notification(), before, key))
                : outcome;
    }

    private Outcome post(String who, Map<String, Object> event) {
        return poster.post(who, events, Map.of(), Json.write(event), answer -> judge(who, answer));
    }

    /**
     * What was acknowledged calls nobody any more, whatever is added to it, so the alarm that follows is another one, and
     * takes its place. In this order, and each under its own key, it does no harm to do it twice.
     */
    private static Map<String, Object> resolved(Notification notification, int alarm, String routingKey) {
        return event("resolve", dedupKey(notification, alarm), routingKey);
    }

    private static Map<String, Object> event(String action, String dedupKey, String routingKey) {
        var event = new LinkedHashMap<String, Object>();
        event.put("routing_key", routingKey);
        event.put("event_action", action);
        event.put("dedup_key", dedupKey);
        return event;
    }

    private static String action(Kind kind) {
        return switch (kind) {
            case OPENED, CHANGED, REMINDER, ESCALATED, SUMMARY, CHANNEL_BROKEN, TEST -> TRIGGER;
            case ACKNOWLEDGED -> "acknowledge";
            case RECOVERED -> "resolve";
        };
    }

    static Map<String, Object> event(Notice notice, String routingKey) {
        var notification = notice.notification();
        var action = action(notification.kind());
        var event = event(action, dedupKey(notification), routingKey);
        if (!action.equals(TRIGGER)) {
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

    /**
     * The same from the first word of an alarm to the last, and another for each owner: PagerDuty joins by it. An incident
     * is one alarm, unless somebody said to be at it and it got worse.
     */
    static String dedupKey(Notification notification) {
        return dedupKey(notification, notification.alarm());
    }

    private static String dedupKey(Notification notification, int alarm) {
        var key = notification.incident() + "/" + notification.owner().id() + (alarm == 0 ? "" : "#" + (alarm + 1));
        return key.length() <= LONGEST_KEY ? key : "incident/" + Fingerprint.shortOf(key);
    }

    private static String severity(Notification notification) {
        return switch (notification.kind()) {
            case TEST -> "info";
            case CHANNEL_BROKEN -> "warning";
            case OPENED, CHANGED, RECOVERED, REMINDER, ESCALATED, ACKNOWLEDGED, SUMMARY ->
                severity(notification.status());
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

package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.Target;
import dev.certtide.model.event.Notification;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.Endpoint;
import dev.certtide.webhook.Message;
import dev.certtide.webhook.WebhookSender;
import java.util.LinkedHashMap;
import java.util.Map;

/** Notifications as webhooks to the owners. */
final class OwnerWebhooks implements Sender<Channel.Webhook> {
    private static final String FIELD = "channel.url";

    private final Secrets secrets;
    private final WebhookSender sender;

    OwnerWebhooks(Secrets secrets, WebhookSender sender) {
        this.secrets = secrets;
        this.sender = sender;
    }

    @Override
    public Outcome send(Notice notice, Channel.Webhook webhook) {
        var notification = notice.notification();
        var endpoint = new Endpoint(webhook, secrets.webhookKeys(notification.owner()), FIELD);
        var message = Message.of(notification.key(), body(notification));
        // Not which webhook: its owner is told over another channel, and that says it.
        return Poster.attempt(
                "the webhook",
                FIELD,
                () -> sender.post(endpoint, message),
                answer -> Poster.byStatus("the webhook", FIELD, answer));
    }

    static String body(Notification notification) {
        var data = new LinkedHashMap<String, Object>();
        data.put("owner", notification.owner().id());
        data.put("target", notification.target().id());
        data.put("status", notification.status().word());
        data.put("incident", notification.incident());
        data.put("since", notification.since().toString());
        data.put(
                "findings",
                notification.findings().stream()
                        .map(finding -> Fields.of(
                                "code", finding.code().code(),
                                "severity", finding.severity().word(),
                                "detail", finding.detail()))
                        .toList());
        notification
                .leaf()
                .ifPresent(leaf -> data.put(
                        "certificate",
                        Fields.of(
                                "notAfter",
                                leaf.notAfter().toString(),
                                "issuer",
                                leaf.issuer(),
                                "sha256",
                                leaf.sha256())));
        addMore(data, notification);
        var message = new LinkedHashMap<String, Object>();
        message.put("type", "certificate.incident." + notification.kind().word());
        message.put("timestamp", notification.at().toString());
        message.put("data", data);
        return Json.write(message);
    }

    /** What most notifications have not. */
    private static void addMore(Map<String, Object> data, Notification notification) {
        if (!notification.others().isEmpty()) {
            data.put("others", notification.others().stream().map(Target::id).toList());
            data.put("omittedOthers", notification.omittedOthers());
        }
        if (!notification.lines().isEmpty()) {
            data.put(
                    "lines",
                    notification.lines().stream().map(OwnerWebhooks::line).toList());
            data.put("omittedLines", notification.omittedLines());
        }
        notification.note().ifPresent(note -> data.put("note", note));
        notification.broken().ifPresent(broken -> data.put("channel", broken.displayName()));
    }

    private static Map<String, Object> line(Notification.Line line) {
        var fields = Fields.of(
                "target", line.target().id(),
                "kind", line.kind().word(),
                "status", line.status().word());
        fields.put("headline", line.headline());
        fields.put("since", line.since().toString());
        return fields;
    }
}

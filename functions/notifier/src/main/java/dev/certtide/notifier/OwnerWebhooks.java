package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.event.Notification;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.Endpoint;
import dev.certtide.webhook.Message;
import dev.certtide.webhook.WebhookSender;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Notifications as webhooks to the owners. */
final class OwnerWebhooks {
    private final Secrets secrets;
    private final WebhookSender sender;

    OwnerWebhooks(Secrets secrets, WebhookSender sender) {
        this.secrets = secrets;
        this.sender = sender;
    }

    void send(Notification notification, Channel.Webhook webhook) throws IOException {
        var endpoint = new Endpoint(webhook, secrets.webhookKey(notification.owner()), "channel.url");
        sender.send(endpoint, Message.of(notification.key(), body(notification)));
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
                        .map(finding -> Map.of(
                                "code", finding.code().code(),
                                "severity", finding.severity().word(),
                                "detail", finding.detail()))
                        .toList());
        notification
                .leaf()
                .ifPresent(leaf -> data.put(
                        "certificate",
                        Map.of(
                                "notAfter",
                                leaf.notAfter().toString(),
                                "issuer",
                                leaf.issuer(),
                                "sha256",
                                leaf.sha256())));
        var message = new LinkedHashMap<String, Object>();
        message.put("type", "certificate.incident." + notification.kind().word());
        message.put("timestamp", notification.at().toString());
        message.put("data", data);
        return Json.write(message);
    }
}

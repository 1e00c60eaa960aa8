package dev.certtide.local.sns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.certtide.local.sqs.MessageAttribute;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A message published to a topic, validated.
 *
 * @param message what queues receive
 * @param attributes by name
 */
record Notification(
        String id,
        String topicArn,
        Optional<String> subject,
        String message,
        Map<String, MessageAttribute> attributes,
        Instant published) {

    static final ObjectMapper JSON = new ObjectMapper();
    /** 256 KiB: "Amazon SNS endpoints and quotas"; attributes count. */
    static final int MAXIMUM_BYTES = 262_144;

    static Notification of(
            String topicArn,
            Optional<String> subject,
            String message,
            Map<String, MessageAttribute> attributes,
            Instant now) {
        subject.ifPresent(Notification::checkSubject);
        if (message.isEmpty()) throw SnsException.invalidParameter("Empty message");
        attributes.forEach(Notification::check);
        var notification = new Notification(UUID.randomUUID().toString(), topicArn, subject, message, attributes, now);
        if (notification.size() > MAXIMUM_BYTES) throw SnsException.invalidParameter("Message too long");
        return notification;
    }

    private static void checkSubject(String subject) {
        // API reference, Publish: at most 100 characters, no line breaks or control characters.
        if (subject.isEmpty() || subject.length() > 100 || subject.chars().anyMatch(Character::isISOControl)) {
            throw SnsException.invalidParameter("Subject");
        }
    }

    private static void check(String name, MessageAttribute attribute) {
        if (!name.matches("[A-Za-z0-9_.-]{1,256}")
                || name.startsWith(".")
                || name.endsWith(".")
                || name.contains("..")) {
            throw SnsException.invalidAttribute("The message attribute name '%s' is invalid.".formatted(name));
        }
        if (!attribute.dataType().matches("(String|Number|Binary)(\\..+)?")) {
            throw SnsException.invalidAttribute(
                    ("The message attribute '%s' has an invalid message attribute type, the set of"
                                    + " supported type prefixes is Binary, Number, and String.")
                            .formatted(name));
        }
        if (attribute.value().isEmpty()) {
            throw SnsException.invalidAttribute(
                    ("The message attribute '%s' must contain non-empty message attribute value for"
                                    + " message attribute type '%s'.")
                            .formatted(name, attribute.dataType()));
        }
        if (attribute.isNumber() && !isNumber(attribute.value())) {
            throw SnsException.invalidAttribute(
                    "Could not cast message attribute '%s' value to number.".formatted(name));
        }
    }

    private static boolean isNumber(String value) {
        try {
            return new BigDecimal(value) != null;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Bytes of the message and of all names, types and values of its attributes. */
    int size() {
        int size = utf8(message);
        for (var attribute : attributes.entrySet()) {
            size += attribute.getValue().size(attribute.getKey());
        }
        return size;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The attributes as the document that a filter policy of scope MessageAttributes sees; binary ones are not in it. */
    String filterableAttributes() {
        var document = JSON.createObjectNode();
        attributes.forEach((name, attribute) -> {
            if (attribute.isNumber()) document.put(name, new BigDecimal(attribute.value()));
            else if (attribute.dataType().equals("String.Array")) putArray(document, name, attribute.value());
            else if (!attribute.isBinary()) document.put(name, attribute.value());
        });
        return document.toString();
    }

    private static void putArray(ObjectNode document, String name, String json) {
        try {
            document.set(name, JSON.readTree(json));
        } catch (IOException e) {
            document.put(name, json); // No array after all: it matches as the string that it is.
        }
    }

    /** The message in the envelope that queues get without raw delivery ("Amazon SNS and Amazon SQS message format"). */
    String envelope(String subscriptionArn, URI endpoint) {
        var envelope = JSON.createObjectNode();
        envelope.put("Type", "Notification").put("MessageId", id).put("TopicArn", topicArn);
        subject.ifPresent(text -> envelope.put("Subject", text));
        envelope.put("Message", message)
                .put(
                        "Timestamp",
                        "%tFT%<tT.%<tLZ"
                                .formatted(
                                        published.truncatedTo(ChronoUnit.MILLIS).atOffset(java.time.ZoneOffset.UTC)))
                .put("SignatureVersion", "1")
                .put("Signature", "bm90IHNpZ25lZCBsb2NhbGx5") // "not signed locally"
                .put("SigningCertURL", endpoint + "/SimpleNotificationService.pem")
                .put("UnsubscribeURL", endpoint + "/?Action=Unsubscribe&SubscriptionArn=" + subscriptionArn);
        if (!attributes.isEmpty()) {
            var all = envelope.putObject("MessageAttributes");
            attributes.forEach((name, attribute) ->
                    all.putObject(name).put("Type", attribute.dataType()).put("Value", attribute.value()));
        }
        return envelope.toString();
    }
}

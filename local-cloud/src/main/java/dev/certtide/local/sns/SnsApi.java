package dev.certtide.local.sns;

import dev.certtide.local.gateway.Answer;
import dev.certtide.local.gateway.QueryRequest;
import dev.certtide.local.sqs.MessageAttribute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The SNS API in the AWS query protocol, version 2010-03-31. */
public final class SnsApi {
    public static final String VERSION = "2010-03-31";
    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
    private static final int MAXIMUM_ENTRIES = 10;

    private final Topics topics;

    public SnsApi(Topics topics) {
        this.topics = topics;
    }

    /** Answers one request; errors are answers too. */
    public Answer answer(QueryRequest request) {
        try {
            return Answer.query(NAMESPACE, request.action(), result(request));
        } catch (SnsException e) {
            return Answer.queryError(NAMESPACE, e.status(), e.code(), e.getMessage());
        }
    }

    private String result(QueryRequest request) {
        return switch (request.action()) {
            case "CreateTopic" ->
                element(
                        "TopicArn",
                        topics.create(required(request, "Name"), request.map("Attributes"))
                                .arn());
            case "DeleteTopic" -> {
                topics.delete(topicArn(request));
                yield "";
            }
            case "ListTopics" ->
                members(
                        "Topics",
                        topics.topics().stream()
                                .map(topic -> element("TopicArn", topic.arn()))
                                .toList());
            case "GetTopicAttributes" -> attributes(topicAttributes(topics.topic(topicArn(request))));
            case "SetTopicAttributes" -> {
                topics.setAttribute(
                        topicArn(request),
                        required(request, "AttributeName"),
                        request.get("AttributeValue").orElse(""));
                yield "";
            }
            case "Subscribe" -> subscribe(request);
            case "Unsubscribe" -> {
                topics.unsubscribe(required(request, "SubscriptionArn"));
                yield "";
            }
            case "ListSubscriptions" -> subscriptions(topics.subscriptions());
            case "ListSubscriptionsByTopic" ->
                subscriptions(topics.topic(topicArn(request)).subscriptions());
            case "GetSubscriptionAttributes" ->
                attributes(topics.subscription(required(request, "SubscriptionArn"))
                        .shown(topics.accountId()));
            case "SetSubscriptionAttributes" -> {
                topics.setSubscriptionAttribute(
                        required(request, "SubscriptionArn"),
                        required(request, "AttributeName"),
                        request.get("AttributeValue").orElse(""));
                yield "";
            }
            case "Publish" -> publish(request);
            case "PublishBatch" -> publishBatch(request);
            case "ListTagsForResource" -> {
                topics.topic(required(request, "ResourceArn"));
                yield "<Tags/>";
            }
            default ->
                throw new SnsException(
                        400,
                        "InvalidAction",
                        "The action %s is not supported by the local SNS.".formatted(request.action()));
        };
    }

    private String subscribe(QueryRequest request) {
        var topicArn = topicArn(request);
        topics.topic(topicArn);
        if (!required(request, "Protocol").equals("sqs")) {
            throw SnsException.invalidParameter("Protocol: the local SNS delivers to sqs only");
        }
        var endpoint = required(request, "Endpoint");
        if (!endpoint.startsWith("arn:aws:sqs:")) throw SnsException.invalidParameter("SQS endpoint ARN");
        return element(
                "SubscriptionArn",
                topics.subscribe(topicArn, endpoint, request.map("Attributes")).arn());
    }

    private String publish(QueryRequest request) {
        var topicArn = topicArn(request);
        topics.topic(topicArn);
        var notification = notification(request, topicArn, "");
        topics.publish(topicArn, List.of(notification));
        return element("MessageId", notification.id());
    }

    private String publishBatch(QueryRequest request) {
        var topicArn = topicArn(request);
        topics.topic(topicArn);
        var entries = new LinkedHashMap<String, String>();
        for (int i = 1; request.has("PublishBatchRequestEntries.member." + i + ".Id"); i++) {
            var entry = "PublishBatchRequestEntries.member." + i + ".";
            var id = required(request, entry + "Id");
            if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
                throw new SnsException(
                        400,
                        "InvalidBatchEntryId",
                        "The Id of a batch entry in a batch request doesn't abide by the specification.");
            }
            if (entries.put(id, entry) != null) {
                throw new SnsException(
                        400, "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
            }
        }
        if (entries.isEmpty()) {
            throw new SnsException(400, "EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > MAXIMUM_ENTRIES) {
            throw new SnsException(
                    400, "TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
        }
        var accepted = new LinkedHashMap<String, Notification>();
        var failed = new ArrayList<String>();
        entries.forEach((id, entry) -> {
            try {
                accepted.put(id, notification(request, topicArn, entry));
            } catch (SnsException e) {
                failed.add(element("Id", id)
                        + element("Code", e.code())
                        + element("Message", e.getMessage())
                        + element("SenderFault", "true"));
            }
        });
        if (accepted.values().stream().mapToInt(Notification::size).sum() > Notification.MAXIMUM_BYTES) {
            throw new SnsException(
                    400, "BatchRequestTooLong", "The length of all the messages put together is more than the limit.");
        }
        topics.publish(topicArn, List.copyOf(accepted.values()));
        var successful = accepted.entrySet().stream()
                .map(entry -> element("Id", entry.getKey())
                        + element("MessageId", entry.getValue().id()))
                .toList();
        return members("Successful", successful) + members("Failed", failed);
    }

    private Notification notification(QueryRequest request, String topicArn, String prefix) {
        if (request.has(prefix + "MessageDeduplicationId")) {
            throw SnsException.invalidParameter(
                    "MessageDeduplicationId Reason: The request includes MessageDeduplicationId"
                            + " parameter that is not valid for this topic type");
        }
        var message = request.get(prefix + "Message").orElse("");
        var forQueues = request.get(prefix + "MessageStructure").isPresent() ? forQueues(message) : message;
        return Notification.of(
                topicArn,
                request.get(prefix + "Subject"),
                forQueues,
                messageAttributes(request, prefix),
                topics.clock().instant());
    }

    /** With {@code MessageStructure=json} a message holds one text for each protocol. */
    private static String forQueues(String message) {
        try {
            var texts = Notification.JSON.readTree(message);
            if (texts.path("default").isTextual())
                return texts.path("sqs").asText(texts.path("default").asText());
        } catch (IOException e) {
            throw SnsException.invalidParameter("Message Structure - JSON message body failed to parse");
        }
        throw SnsException.invalidParameter("Message Structure - No default entry in JSON message body");
    }

    private static Map<String, MessageAttribute> messageAttributes(QueryRequest request, String prefix) {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        for (int i = 1; request.has(prefix + "MessageAttributes.entry." + i + ".Name"); i++) {
            var entry = prefix + "MessageAttributes.entry." + i + ".";
            var value = request.get(entry + "Value.StringValue")
                    .or(() -> request.get(entry + "Value.BinaryValue"))
                    .orElse("");
            attributes.put(
                    required(request, entry + "Name"),
                    new MessageAttribute(request.get(entry + "Value.DataType").orElse(""), value));
        }
        return attributes;
    }

    private static String topicArn(QueryRequest request) {
        var arn = request.get("TopicArn")
                .or(() -> request.get("TargetArn"))
                .orElseThrow(() ->
                        SnsException.invalidParameter("TopicArn or TargetArn Reason: no value for required parameter"));
        int elements = arn.split(":").length;
        if (elements < 6) {
            throw SnsException.invalidParameter(
                    "TopicArn Reason: An ARN must have at least 6 elements, not " + elements);
        }
        return arn;
    }

    private static String required(QueryRequest request, String name) {
        return request.get(name)
                .orElseThrow(() -> SnsException.invalidParameter(name + " Reason: no value for required parameter"));
    }

    private Map<String, String> topicAttributes(Topics.Topic topic) {
        var all = new TreeMap<>(topic.attributes());
        all.put("TopicArn", topic.arn());
        all.put("Owner", topics.accountId());
        all.put("SubscriptionsConfirmed", Integer.toString(topic.subscriptions().size()));
        all.put("SubscriptionsPending", "0");
        all.put("SubscriptionsDeleted", "0");
        all.putIfAbsent("DisplayName", "");
        return all;
    }

    private String subscriptions(List<Subscription> subscriptions) {
        return members(
                "Subscriptions",
                subscriptions.stream()
                        .map(each -> element("SubscriptionArn", each.arn())
                                + element("Owner", topics.accountId())
                                + element("Protocol", "sqs")
                                + element("Endpoint", each.endpoint())
                                + element("TopicArn", each.topicArn()))
                        .toList());
    }

    private static String attributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(entry ->
                        "<entry>" + element("key", entry.getKey()) + element("value", entry.getValue()) + "</entry>")
                .collect(Collectors.joining("", "<Attributes>", "</Attributes>"));
    }

    private static String members(String list, List<String> members) {
        return members.stream()
                .collect(Collectors.joining(
                        "</member><member>",
                        "<" + list + ">" + (members.isEmpty() ? "" : "<member>"),
                        (members.isEmpty() ? "" : "</member>") + "</" + list + ">"));
    }

    private static String element(String name, String text) {
        return "<%1$s>%2$s</%1$s>".formatted(name, Answer.escape(text));
    }
}

package dev.certtide.it.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.Stack;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sns.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sns.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.TooManyEntriesInBatchRequestException;

/** SNS as its developer guide and API reference describe it, seen by the real client. */
@CerttideStack
class SnsIT {
    private final Sandbox clients;
    private final String topic;
    private final String queue;

    SnsIT(Stack stack) {
        clients = new Sandbox(stack);
        topic = clients.newTopic();
        queue = clients.newQueue();
    }

    @Test
    void rawDeliveryPassesTheMessageAndItsAttributesThrough() {
        subscribe(Map.of("RawMessageDelivery", "true"));
        clients.sns().publish(b -> b.topicArn(topic)
                .message("raw")
                .messageAttributes(Map.of("text", string("v"), "days", number("12"), "bytes", binary("zz"))));
        var message = clients.receive(queue, 1).getFirst();
        assertEquals("raw", message.body());
        assertEquals("v", message.messageAttributes().get("text").stringValue());
        assertEquals("Number", message.messageAttributes().get("days").dataType());
        assertEquals(
                "zz", message.messageAttributes().get("bytes").binaryValue().asUtf8String());
    }

    @Test
    void withoutRawDeliveryTheEnvelopeHoldsEverything() throws IOException {
        subscribe(Map.of());
        var id = clients.sns()
                .publish(b -> b.topicArn(topic)
                        .subject("subject")
                        .message("he\"llo\n\u00e9 <&>")
                        .messageAttributes(Map.of("kind", string("new"), "bytes", binary("zz"))))
                .messageId();
        var message = clients.receive(queue, 1).getFirst();
        var envelope = new ObjectMapper().readTree(message.body());
        assertTrue(message.messageAttributes().isEmpty());
        assertEquals("Notification", envelope.path("Type").asText());
        assertEquals(id, envelope.path("MessageId").asText());
        assertEquals(topic, envelope.path("TopicArn").asText());
        assertEquals("subject", envelope.path("Subject").asText());
        assertEquals("he\"llo\n\u00e9 <&>", envelope.path("Message").asText());
        assertTrue(envelope.path("Timestamp").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        assertEquals("String", envelope.at("/MessageAttributes/kind/Type").asText());
        assertEquals("eno=", envelope.at("/MessageAttributes/bytes/Value").asText());
    }

    @Test
    void aBatchIsFilteredMessageByMessage() {
        subscribe(Map.of("RawMessageDelivery", "true", "FilterPolicy", "{\"parity\":[\"odd\"]}"));
        var result = clients.sns().publishBatch(b -> b.topicArn(topic)
                .publishBatchRequestEntries(IntStream.range(0, 10)
                        .mapToObj(i -> entry("e" + i, "m" + i).toBuilder()
                                .messageAttributes(Map.of("parity", string(i % 2 == 0 ? "even" : "odd")))
                                .build())
                        .toList()));
        assertEquals(10, result.successful().size());
        assertEquals(List.of("m1", "m3", "m5", "m7", "m9"), clients.bodies(queue, 5));
    }

    @Test
    void whatCannotBeDeliveredGoesToTheDeadLetterQueueOfTheSubscription() {
        var dead = clients.newQueue();
        subscribe(Map.of(
                "RawMessageDelivery",
                "true",
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"" + clients.arnOf(dead) + "\"}"));
        clients.sqs().deleteQueue(b -> b.queueUrl(queue));
        clients.sns().publish(b -> b.topicArn(topic).message("lost").messageAttributes(Map.of("kind", string("v"))));
        var message = clients.receive(dead, 1).getFirst();
        assertEquals("lost", message.body());
        assertEquals(
                "AWS.SimpleQueueService.NonExistentQueue",
                message.messageAttributes().get("ErrorCode").stringValue());
        assertTrue(message.messageAttributes().containsKey("kind"));
    }

    @Test
    void aRawMessageWithMoreThanTenAttributesIsNotDelivered() {
        var dead = clients.newQueue();
        subscribe(Map.of(
                "RawMessageDelivery",
                "true",
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"" + clients.arnOf(dead) + "\"}"));
        var attributes = new HashMap<String, MessageAttributeValue>();
        for (int i = 0; i < 11; i++) attributes.put("a" + i, string("v"));
        clients.sns().publish(b -> b.topicArn(topic).message("many").messageAttributes(attributes));
        assertEquals(List.of(), clients.bodies(queue, 0));
        assertEquals("many", clients.receive(dead, 1).getFirst().body());
    }

    @Test
    void aMessageMayHave256KibibytesWithItsAttributes() {
        subscribe(Map.of("RawMessageDelivery", "true"));
        clients.sns().publish(b -> b.topicArn(topic).message("x".repeat(262_144)));
        assertThrows(InvalidParameterException.class, () -> clients.sns()
                .publish(b -> b.topicArn(topic).message("x".repeat(262_145))));
        assertThrows(InvalidParameterException.class, () -> clients.sns()
                .publish(b ->
                        b.topicArn(topic).message("x".repeat(262_140)).messageAttributes(Map.of("kind", string("v")))));
        assertEquals(1, clients.receive(queue, 1).size());
    }

    @Test
    void batchesHaveTheirOwnErrors() {
        var twice = List.of(entry("a", "1"), entry("a", "2"));
        var eleven = IntStream.range(0, 11).mapToObj(i -> entry("e" + i, "m")).toList();
        var large = IntStream.range(0, 3)
                .mapToObj(i -> entry("e" + i, "x".repeat(100_000)))
                .toList();
        assertThrows(BatchEntryIdsNotDistinctException.class, () -> publishBatch(twice));
        assertThrows(TooManyEntriesInBatchRequestException.class, () -> publishBatch(eleven));
        assertThrows(EmptyBatchRequestException.class, () -> publishBatch(List.of()));
        assertThrows(BatchRequestTooLongException.class, () -> publishBatch(large));
        var mixed = clients.sns()
                .publishBatch(b -> b.topicArn(topic).publishBatchRequestEntries(entry("good", "m"), entry("bad", "")));
        assertEquals("good", mixed.successful().getFirst().id());
        assertEquals("InvalidParameter", mixed.failed().getFirst().code());
    }

    @Test
    void mistakesAreAnsweredAsSnsAnswersThem() {
        assertThrows(NotFoundException.class, () -> clients.sns()
                .publish(b -> b.topicArn(topic + "x").message("m")));
        assertThrows(InvalidParameterException.class, () -> clients.sns()
                .publish(b -> b.topicArn("nowhere").message("m")));
        assertThrows(InvalidParameterException.class, () -> clients.sns()
                .publish(b -> b.topicArn(topic).message("")));
        assertThrows(InvalidParameterException.class, () -> clients.sns()
                .publish(b -> b.topicArn(topic).message("m").subject("s".repeat(101))));
        assertThrows(InvalidParameterValueException.class, () -> clients.sns()
                .publish(b -> b.topicArn(topic).message("m").messageAttributes(Map.of("days", number("many")))));
        assertThrows(NotFoundException.class, () -> clients.sns()
                .getSubscriptionAttributes(b -> b.subscriptionArn(topic + ":none")));
        assertThrows(InvalidParameterException.class, () -> clients.sns()
                .subscribe(b -> b.topicArn(topic).protocol("email").endpoint("a@example.com")));
    }

    @Test
    void aMessagePerProtocolNeedsADefault() {
        subscribe(Map.of("RawMessageDelivery", "true"));
        clients.sns()
                .publish(b -> b.topicArn(topic).messageStructure("json").message("{\"default\":\"d\",\"sqs\":\"q\"}"));
        assertEquals(List.of("q"), clients.bodies(queue, 1));
        assertThrows(InvalidParameterException.class, () -> clients.sns()
                .publish(b -> b.topicArn(topic).messageStructure("json").message("{\"sqs\":\"q\"}")));
    }

    @Test
    void aSubscriptionCanBeLookedAtChangedAndEnded() {
        var arn = subscribe(Map.of());
        assertEquals(arn, subscribe(Map.of()));
        clients.sns()
                .setSubscriptionAttributes(b ->
                        b.subscriptionArn(arn).attributeName("FilterPolicy").attributeValue("{\"k\":[\"v\"]}"));
        clients.sns().publish(b -> b.topicArn(topic).message("filtered"));
        assertEquals(
                "MessageAttributes",
                clients.sns()
                        .getSubscriptionAttributes(b -> b.subscriptionArn(arn))
                        .attributes()
                        .get("FilterPolicyScope"));
        assertEquals(
                1,
                clients.sns()
                        .listSubscriptionsByTopic(b -> b.topicArn(topic))
                        .subscriptions()
                        .size());
        clients.sns().unsubscribe(b -> b.subscriptionArn(arn));
        assertEquals(
                0,
                clients.sns()
                        .listSubscriptionsByTopic(b -> b.topicArn(topic))
                        .subscriptions()
                        .size());
        assertEquals(List.of(), clients.bodies(queue, 0));
    }

    @Test
    void aFilterOnTheBodyLooksIntoIt() {
        subscribe(
                Map.of(
                        "RawMessageDelivery", "true",
                        "FilterPolicyScope", "MessageBody",
                        "FilterPolicy",
                                "{\"store\":{\"city\":[{\"prefix\":\"Ber\"}]},\"price\":[{\"numeric\":[\">=\",10,\"<\",20]}]}"));
        publishAll(
                "{\"store\":{\"city\":\"Berlin\"},\"price\":10}",
                "{\"store\":{\"city\":\"Berlin\"},\"price\":20}",
                "{\"store\":{\"city\":\"Paris\"},\"price\":15}",
                "{\"price\":15}",
                "no JSON");
        assertEquals(List.of("{\"store\":{\"city\":\"Berlin\"},\"price\":10}"), clients.bodies(queue, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"k\":[{\"anything-but\":[\"w\"]}]}",
                "{\"k\":[{\"suffix\":\"v\"}]}",
                "{\"k\":[{\"exists\":true}]}",
                "{\"other\":[{\"exists\":false}]}",
                "{\"$or\":[{\"k\":[\"v\"]},{\"other\":[\"x\"]}]}"
            })
    void aFilterOnAttributesKnowsTheOperatorsOfTheGuide(String policy) {
        subscribe(Map.of("RawMessageDelivery", "true", "FilterPolicy", policy));
        clients.sns().publish(b -> b.topicArn(topic).message("wanted").messageAttributes(Map.of("k", string("v"))));
        clients.sns()
                .publish(b -> b.topicArn(topic).message("not wanted").messageAttributes(Map.of("other", string("w"))));
        assertEquals(List.of("wanted"), clients.bodies(queue, 1));
    }

    @Test
    void aFilterPolicyThatIsNoneIsRefused() {
        for (var policy : List.of("{", "{\"k\":\"v\"}", "{\"k\":[{\"unknown\":1}]}")) {
            assertThrows(InvalidParameterException.class, () -> subscribe(Map.of("FilterPolicy", policy)), policy);
        }
    }

    private void publishAll(String... messages) {
        for (var message : messages)
            clients.sns().publish(b -> b.topicArn(topic).message(message));
    }

    private void publishBatch(List<PublishBatchRequestEntry> entries) {
        clients.sns().publishBatch(b -> b.topicArn(topic).publishBatchRequestEntries(entries));
    }

    private String subscribe(Map<String, String> attributes) {
        return clients.sns()
                .subscribe(b -> b.topicArn(topic)
                        .protocol("sqs")
                        .endpoint(clients.arnOf(queue))
                        .attributes(attributes)
                        .returnSubscriptionArn(true))
                .subscriptionArn();
    }

    private static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static MessageAttributeValue number(String value) {
        return MessageAttributeValue.builder()
                .dataType("Number")
                .stringValue(value)
                .build();
    }

    private static MessageAttributeValue binary(String value) {
        return MessageAttributeValue.builder()
                .dataType("Binary")
                .binaryValue(SdkBytes.fromUtf8String(value))
                .build();
    }
}

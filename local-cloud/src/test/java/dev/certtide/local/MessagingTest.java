package dev.certtide.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

/** SNS as its guide describes it, seen by the real client. */
class MessagingTest {
    @TempDir
    static Path folder;

    private static LocalCloud cloud;
    private static Clients clients;

    private final String topic = newTopic();
    private final String queue = newQueue();

    @BeforeAll
    static void start() throws IOException {
        cloud = LocalCloud.of(SampleAssembly.write(folder)).port(0).start();
        clients = Clients.of(cloud.endpoint());
    }

    @AfterAll
    static void stop() {
        clients.close();
        cloud.close();
    }

    @Test
    void rawDeliveryPassesTheMessageAndItsAttributesThrough() {
        subscribe(Map.of("RawMessageDelivery", "true"));
        clients.sns().publish(b -> b.topicArn(topic).message("raw").messageAttributes(Map.of(
                "text", string("v"), "days", number("12"), "bytes", binary("zz"))));
        var message = clients.drain(queue).getFirst();
        assertEquals("raw", message.body());
        assertEquals("v", message.messageAttributes().get("text").stringValue());
        assertEquals("Number", message.messageAttributes().get("days").dataType());
        assertEquals("zz", message.messageAttributes().get("bytes").binaryValue().asUtf8String());
    }

    @Test
    void withoutRawDeliveryTheEnvelopeHoldsEverything() throws IOException {
        subscribe(Map.of());
        var id = clients.sns().publish(b -> b.topicArn(topic).subject("subject").message("he\"llo\n\u00e9 <&>")
                .messageAttributes(Map.of("kind", string("new"), "bytes", binary("zz")))).messageId();
        var message = clients.drain(queue).getFirst();
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
        var result = clients.sns().publishBatch(b -> b.topicArn(topic).publishBatchRequestEntries(IntStream.range(0, 10)
                .mapToObj(i -> entry("e" + i, "m" + i).toBuilder()
                        .messageAttributes(Map.of("parity", string(i % 2 == 0 ? "even" : "odd"))).build())
                .toList()));
        assertEquals(10, result.successful().size());
        assertEquals(List.of("m1", "m3", "m5", "m7", "m9"), bodies());
    }

    @Test
    void whatCannotBeDeliveredGoesToTheDeadLetterQueueOfTheSubscription() {
        var dead = newQueue();
        subscribe(Map.of("RawMessageDelivery", "true",
                "RedrivePolicy", "{\"deadLetterTargetArn\":\"" + clients.arnOf(dead) + "\"}"));
        clients.sqs().deleteQueue(b -> b.queueUrl(queue));
        clients.sns().publish(b -> b.topicArn(topic).message("lost").messageAttributes(Map.of("kind", string("v"))));
        var message = clients.drain(dead).getFirst();
        assertEquals("lost", message.body());
        assertEquals("AWS.SimpleQueueService.NonExistentQueue", message.messageAttributes().get("ErrorCode").stringValue());
        assertTrue(message.messageAttributes().containsKey("kind"));
    }

    @Test
    void aRawMessageWithMoreThanTenAttributesIsNotDelivered() {
        var dead = newQueue();
        subscribe(Map.of("RawMessageDelivery", "true",
                "RedrivePolicy", "{\"deadLetterTargetArn\":\"" + clients.arnOf(dead) + "\"}"));
        var attributes = new HashMap<String, MessageAttributeValue>();
        for (int i = 0; i < 11; i++) attributes.put("a" + i, string("v"));
        clients.sns().publish(b -> b.topicArn(topic).message("many").messageAttributes(attributes));
        assertEquals(List.of(), bodies());
        assertEquals("many", clients.drain(dead).getFirst().body());
    }

    @Test
    void aMessageMayHave256KibibytesWithItsAttributes() {
        subscribe(Map.of("RawMessageDelivery", "true"));
        clients.sns().publish(b -> b.topicArn(topic).message("x".repeat(262_144)));
        assertThrows(InvalidParameterException.class,
                () -> clients.sns().publish(b -> b.topicArn(topic).message("x".repeat(262_145))));
        assertThrows(InvalidParameterException.class, () -> clients.sns().publish(b -> b.topicArn(topic)
                .message("x".repeat(262_140)).messageAttributes(Map.of("kind", string("v")))));
        assertEquals(1, clients.drain(queue).size());
    }

    @Test
    void batchesHaveTheirOwnErrors() {
        var twice = List.of(entry("a", "1"), entry("a", "2"));
        var eleven = IntStream.range(0, 11).mapToObj(i -> entry("e" + i, "m")).toList();
        var large = IntStream.range(0, 3).mapToObj(i -> entry("e" + i, "x".repeat(100_000))).toList();
        assertThrows(BatchEntryIdsNotDistinctException.class, () -> publishBatch(twice));
        assertThrows(TooManyEntriesInBatchRequestException.class, () -> publishBatch(eleven));
        assertThrows(EmptyBatchRequestException.class, () -> publishBatch(List.of()));
        assertThrows(BatchRequestTooLongException.class, () -> publishBatch(large));
        var mixed = clients.sns().publishBatch(b -> b.topicArn(topic).publishBatchRequestEntries(entry("good", "m"), entry("bad", "")));
        assertEquals("good", mixed.successful().getFirst().id());
        assertEquals("InvalidParameter", mixed.failed().getFirst().code());
    }

    @Test
    void mistakesAreAnsweredAsSnsAnswersThem() {
        assertThrows(NotFoundException.class, () -> clients.sns().publish(b -> b.topicArn(topic + "x").message("m")));
        assertThrows(InvalidParameterException.class, () -> clients.sns().publish(b -> b.topicArn("nowhere").message("m")));
        assertThrows(InvalidParameterException.class, () -> clients.sns().publish(b -> b.topicArn(topic).message("")));
        assertThrows(InvalidParameterException.class,
                () -> clients.sns().publish(b -> b.topicArn(topic).message("m").subject("s".repeat(101))));
        assertThrows(InvalidParameterValueException.class, () -> clients.sns().publish(b -> b.topicArn(topic).message("m")
                .messageAttributes(Map.of("days", number("many")))));
        assertThrows(NotFoundException.class, () -> clients.sns().getSubscriptionAttributes(b -> b.subscriptionArn(topic + ":none")));
        assertThrows(InvalidParameterException.class,
                () -> clients.sns().subscribe(b -> b.topicArn(topic).protocol("email").endpoint("a@example.com")));
    }

    @Test
    void aMessagePerProtocolNeedsADefault() {
        subscribe(Map.of("RawMessageDelivery", "true"));
        clients.sns().publish(b -> b.topicArn(topic).messageStructure("json").message("{\"default\":\"d\",\"sqs\":\"q\"}"));
        assertEquals(List.of("q"), bodies());
        assertThrows(InvalidParameterException.class,
                () -> clients.sns().publish(b -> b.topicArn(topic).messageStructure("json").message("{\"sqs\":\"q\"}")));
    }

    @Test
    void aSubscriptionCanBeLookedAtChangedAndEnded() {
        var arn = subscribe(Map.of());
        assertEquals(arn, subscribe(Map.of()));
        clients.sns().setSubscriptionAttributes(b -> b.subscriptionArn(arn).attributeName("FilterPolicy").attributeValue("{\"k\":[\"v\"]}"));
        clients.sns().publish(b -> b.topicArn(topic).message("filtered"));
        assertEquals("MessageAttributes", clients.sns().getSubscriptionAttributes(b -> b.subscriptionArn(arn))
                .attributes().get("FilterPolicyScope"));
        assertEquals(1, clients.sns().listSubscriptionsByTopic(b -> b.topicArn(topic)).subscriptions().size());
        clients.sns().unsubscribe(b -> b.subscriptionArn(arn));
        assertEquals(0, clients.sns().listSubscriptionsByTopic(b -> b.topicArn(topic)).subscriptions().size());
        assertEquals(List.of(), bodies());
    }

    private void publishBatch(List<PublishBatchRequestEntry> entries) {
        clients.sns().publishBatch(b -> b.topicArn(topic).publishBatchRequestEntries(entries));
    }

    private String subscribe(Map<String, String> attributes) {
        return clients.sns().subscribe(b -> b.topicArn(topic).protocol("sqs").endpoint(clients.arnOf(queue))
                .attributes(attributes).returnSubscriptionArn(true)).subscriptionArn();
    }

    private List<String> bodies() {
        var bodies = new ArrayList<String>();
        clients.drain(queue).forEach(message -> bodies.add(message.body()));
        bodies.sort(null);
        return bodies;
    }

    private static String newTopic() {
        return clients.sns().createTopic(b -> b.name("t-" + UUID.randomUUID())).topicArn();
    }

    private static String newQueue() {
        return clients.newQueue("q-" + UUID.randomUUID());
    }

    private static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    private static MessageAttributeValue number(String value) {
        return MessageAttributeValue.builder().dataType("Number").stringValue(value).build();
    }

    private static MessageAttributeValue binary(String value) {
        return MessageAttributeValue.builder().dataType("Binary").binaryValue(SdkBytes.fromUtf8String(value)).build();
    }
}

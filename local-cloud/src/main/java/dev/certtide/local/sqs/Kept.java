package dev.certtide.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.elasticmq.CreateQueueData;
import org.elasticmq.DeadLettersQueueData;
import org.elasticmq.DeduplicationId;
import org.elasticmq.MessageContent;
import org.elasticmq.MillisVisibilityTimeout;
import org.elasticmq.NeverReceived$;
import org.elasticmq.OnDateTimeReceived;
import org.elasticmq.QueueData;
import org.elasticmq.Received;
import org.elasticmq.actor.queue.InternalMessage;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/** ElasticMQ's queues and messages as the JSON of the {@link Journal}, and back. */
final class Kept {
    private Kept() {}

    static ObjectNode settings(QueueData queue) {
        var json = Journal.JSON
                .createObjectNode()
                .put("visibility", queue.defaultVisibilityTimeout().millis())
                .put("delay", queue.delay().toMillis())
                .put("wait", queue.receiveMessageWait().toMillis())
                .put("fifo", queue.isFifo())
                .put("deduplicates", queue.hasContentBasedDeduplication());
        if (queue.deadLettersQueue().isDefined()) {
            var redrive = queue.deadLettersQueue().get();
            json.put("deadLetters", redrive.name()).put("maxReceiveCount", redrive.maxReceiveCount());
        }
        return json;
    }

    /** Without the redrive, which needs the other queue to be there. */
    static CreateQueueData queue(String name, JsonNode json) {
        return new CreateQueueData(
                name,
                Option.apply(new MillisVisibilityTimeout(json.path("visibility").asLong())),
                Option.apply(Duration.ofMillis(json.path("delay").asLong())),
                Option.apply(Duration.ofMillis(json.path("wait").asLong())),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                json.path("fifo").asBoolean(),
                json.path("deduplicates").asBoolean(),
                Option.empty(),
                Option.empty(),
                Map$.MODULE$.empty());
    }

    static Optional<DeadLettersQueueData> redrive(JsonNode json) {
        return json.has("deadLetters")
                ? Optional.of(new DeadLettersQueueData(
                        json.path("deadLetters").asText(),
                        json.path("maxReceiveCount").asInt()))
                : Optional.empty();
    }

    static ObjectNode message(InternalMessage message) {
        var json = changing(message)
                .put("body", message.content().value())
                .put("created", message.created().toString());
        var attributes = json.putObject("attributes");
        CollectionConverters.asJava(message.messageAttributes()).forEach((name, each) -> {
            var attribute = Queue.fromEngine(each);
            attributes.putObject(name).put("type", attribute.dataType()).put("value", attribute.value());
        });
        put(json, "group", message.messageGroupId());
        put(json, "sequence", message.sequenceNumber());
        put(json, "deadLetterSource", message.deadLetterSourceQueueName());
        if (message.messageDeduplicationId().isDefined())
            json.put("deduplication", message.messageDeduplicationId().get().id());
        return json.put("order", message.orderIndex()).put("fifo", message.isFifo());
    }

    /** What receiving a message, or changing its visibility, changes. */
    static ObjectNode changing(InternalMessage message) {
        var json = Journal.JSON
                .createObjectNode()
                .put("next", message.nextDelivery())
                .put("count", message.receiveCount());
        if (message.firstReceive() instanceof OnDateTimeReceived first)
            json.put("first", first.when().toString());
        var receipts = json.putArray("receipts");
        CollectionConverters.asJava(message.deliveryReceipts()).forEach(receipts::add);
        return json;
    }

    static InternalMessage message(String id, JsonNode json) {
        var receipts = new ArrayList<String>();
        json.path("receipts").forEach(receipt -> receipts.add(receipt.asText()));
        var attributes = new LinkedHashMap<String, org.elasticmq.MessageAttribute>();
        json.path("attributes")
                .properties()
                .forEach(each -> attributes.put(
                        each.getKey(),
                        Queue.toEngine(new MessageAttribute(
                                each.getValue().path("type").asText(),
                                each.getValue().path("value").asText()))));
        Received first = json.has("first")
                ? new OnDateTimeReceived(OffsetDateTime.parse(json.path("first").asText()))
                : NeverReceived$.MODULE$;
        var deduplication = text(json, "deduplication");
        return new InternalMessage(
                id,
                CollectionConverters.asScala(receipts),
                json.path("next").asLong(),
                new MessageContent(json.path("body").asText()),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(attributes)),
                OffsetDateTime.parse(json.path("created").asText()),
                json.path("order").asInt(),
                first,
                json.path("count").asInt(),
                json.path("fifo").asBoolean(),
                text(json, "group"),
                deduplication.isDefined() ? Option.apply(new DeduplicationId(deduplication.get())) : Option.empty(),
                Option.empty(),
                text(json, "sequence"),
                text(json, "deadLetterSource"));
    }

    private static void put(ObjectNode json, String name, Option<String> value) {
        if (value.isDefined()) json.put(name, value.get());
    }

    private static Option<String> text(JsonNode json, String name) {
        return json.has(name) ? Option.apply(json.path(name).asText()) : Option.empty();
    }
}

package dev.certtide.local.sqs;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.elasticmq.BinaryMessageAttribute;
import org.elasticmq.DefaultVisibilityTimeout$;
import org.elasticmq.DeliveryReceipt;
import org.elasticmq.ImmediateNextDelivery$;
import org.elasticmq.MessageContent;
import org.elasticmq.MessageData;
import org.elasticmq.NewMessageData;
import org.elasticmq.NumberMessageAttribute;
import org.elasticmq.OnDateTimeReceived;
import org.elasticmq.StringMessageAttribute;
import org.elasticmq.msg.DeleteMessage;
import org.elasticmq.msg.ReceiveMessages;
import org.elasticmq.msg.SendMessage;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One queue of the engine in this process. Deliveries and event source mappings use it without HTTP: it costs
 * microseconds where a signed request costs hundreds. Clients reach the same queue through the endpoint.
 */
public final class Queue {
    /** What AWS shows as the sender when a service of its own sent the message. */
    private static final String SENDER_ID = "AIDAIENQZJOLO23YVJ4VO";

    private final String name;
    private final ActorRef actor;

    Queue(String name, ActorRef actor) {
        this.name = name;
        this.actor = actor;
    }

    public String name() {
        return name;
    }

    /**
     * Puts messages into the queue; when it returns they are there, and on disk if the cloud keeps its data.
     *
     * @throws QueueUnavailableException if the queue is gone
     */
    public void send(List<OutgoingMessage> messages) {
        sendAsync(messages).forEach(Replies::await);
    }

    /** Like {@link #send}, without waiting: the futures complete when the messages are there. */
    public List<CompletableFuture<?>> sendAsync(List<OutgoingMessage> messages) {
        return messages.stream()
                .<CompletableFuture<?>>map(message -> Replies.ask(actor, new SendMessage(toEngine(message))))
                .toList();
    }

    /**
     * Receives up to {@code maximum} messages, and hides them for the queue's visibility timeout.
     *
     * @param wait how long to wait for a first message, up to 20 seconds; returns as soon as there is one
     * @throws QueueUnavailableException if the queue is gone or the caller was interrupted
     */
    public List<ReceivedMessage> receive(int maximum, Duration wait) {
        var question =
                new ReceiveMessages(DefaultVisibilityTimeout$.MODULE$, maximum, Option.apply(wait), Option.empty());
        var answer = Replies.await(Replies.ask(actor, question, wait.plusSeconds(30)));
        return CollectionConverters.asJava(answer).stream()
                .map(Queue::fromEngine)
                .toList();
    }

    /** Deletes received messages. A receipt that is no longer valid is passed over, as SQS does. */
    public void delete(List<String> receiptHandles) {
        var answers = receiptHandles.stream()
                .map(handle -> Replies.ask(actor, new DeleteMessage(new DeliveryReceipt(handle))))
                .toList();
        answers.forEach(Replies::await);
    }

    private static NewMessageData toEngine(OutgoingMessage message) {
        var attributes = new LinkedHashMap<String, org.elasticmq.MessageAttribute>();
        message.attributes().forEach((name, attribute) -> attributes.put(name, toEngine(attribute)));
        return new NewMessageData(
                Option.empty(),
                new MessageContent(message.body()),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(attributes)),
                ImmediateNextDelivery$.MODULE$,
                Option.empty(),
                Option.empty(),
                0,
                Option.empty(),
                Option.empty(),
                Option.empty());
    }

    static org.elasticmq.MessageAttribute toEngine(MessageAttribute attribute) {
        Option<String> label = Option.apply(attribute.labelOrNull());
        return switch (attribute.primaryType()) {
            case "Number" -> new NumberMessageAttribute(attribute.value(), label);
            case "Binary" -> BinaryMessageAttribute.fromBase64(attribute.value(), label);
            default -> new StringMessageAttribute(attribute.value(), label);
        };
    }

    private static ReceivedMessage fromEngine(MessageData message) {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        CollectionConverters.asJava(message.messageAttributes())
                .forEach((name, attribute) -> attributes.put(name, fromEngine(attribute)));
        var system = new LinkedHashMap<String, String>();
        system.put(
                "ApproximateReceiveCount", Integer.toString(message.statistics().approximateReceiveCount()));
        system.put("SentTimestamp", Long.toString(message.created().toInstant().toEpochMilli()));
        system.put("SenderId", SENDER_ID);
        if (message.statistics().approximateFirstReceive() instanceof OnDateTimeReceived first) {
            system.put(
                    "ApproximateFirstReceiveTimestamp",
                    Long.toString(first.when().toInstant().toEpochMilli()));
        }
        return new ReceivedMessage(
                message.id().id(),
                message.deliveryReceipt().get().receipt(),
                message.content().value(),
                attributes,
                Map.copyOf(system));
    }

    static MessageAttribute fromEngine(org.elasticmq.MessageAttribute attribute) {
        var value =
                switch (attribute) {
                    case BinaryMessageAttribute binary -> binary.asBase64();
                    case NumberMessageAttribute number -> number.stringValue();
                    case StringMessageAttribute string -> string.stringValue();
                    default -> throw new IllegalStateException("unknown attribute " + attribute.getClass());
                };
        return new MessageAttribute(attribute.getDataType(), value);
    }
}

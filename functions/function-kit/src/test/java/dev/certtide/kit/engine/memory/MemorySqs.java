package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.MemoryQueue.Content;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * SQS in this process's memory, for simulations: standard queues as functions use them, by the hands of a clock, and
 * nothing else, which fails with {@link UnsupportedOperationException}. {@code MemorySqsTest} holds it to what ElasticMQ
 * does, as far as both can.
 */
public final class MemorySqs implements SqsClient {
    private static final int MOST_MESSAGES = 10;
    private static final int LONGEST_DELAY = 900;
    private static final int LONGEST_VISIBILITY = 43_200;

    /** How long to wait is passed over: here time does not pass by itself. All attributes come, wanted or not. */
    private static final Set<String> RECEIVE_FIELDS = Set.of(
            "QueueUrl",
            "MaxNumberOfMessages",
            "VisibilityTimeout",
            "WaitTimeSeconds",
            "MessageAttributeNames",
            "AttributeNames",
            "MessageSystemAttributeNames");

    private final InstantSource clock;
    private final Mischief mischief;
    private final MemoryQueues queues;
    private final Faults faults;

    /** Without queues. */
    public MemorySqs(InstantSource clock, Mischief mischief) {
        this(clock, mischief, new MemoryQueues(), Faults.none());
    }

    private MemorySqs(InstantSource clock, Mischief mischief, MemoryQueues queues, Faults faults) {
        this.clock = clock;
        this.mischief = mischief;
        this.queues = queues;
        this.faults = faults;
    }

    /** The same queues, as they are to a process to which that happens. */
    public MemorySqs through(Faults faults) {
        return new MemorySqs(clock, mischief, queues, faults);
    }

    /** When the queue of that URL has the next message to give, which may have passed; never, if it has none. */
    public Optional<Instant> nextVisible(String url) {
        synchronized (queues) {
            return queues.at(url).nextVisible();
        }
    }

    private <T> T call(String operation, Supplier<T> effect) {
        return faults.around(operation, Refusals::queueThrottled, () -> {
            synchronized (queues) {
                return effect.get();
            }
        });
    }

    @Override
    public CreateQueueResponse createQueue(CreateQueueRequest request) {
        Refusals.unlessOnly(request, Set.of("QueueName", "Attributes"));
        return call("CreateQueue", () -> CreateQueueResponse.builder()
                .queueUrl(queues.create(request.queueName(), request.attributes()))
                .build());
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        Refusals.unlessOnly(request, Set.of("QueueName", "QueueOwnerAWSAccountId"));
        return call("GetQueueUrl", () -> GetQueueUrlResponse.builder()
                .queueUrl(queues.url(request.queueName()))
                .build());
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        Refusals.unlessOnly(request, Set.of("QueueUrl", "AttributeNames"));
        return call("GetQueueAttributes", () -> GetQueueAttributesResponse.builder()
                .attributes(queues.attributes(request.queueUrl(), request.attributeNames(), clock.instant()))
                .build());
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        Refusals.unlessOnly(request, Set.of("QueueUrl", "MessageBody", "DelaySeconds", "MessageAttributes"));
        return call("SendMessage", () -> {
            Batches.checkSize(Utf8.bytes(request.messageBody()));
            var id = send(
                    queues.at(request.queueUrl()),
                    request.messageBody(),
                    request.messageAttributes(),
                    request.delaySeconds());
            return SendMessageResponse.builder().messageId(id).build();
        });
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        Refusals.unlessOnly(request, Set.of("QueueUrl", "Entries"));
        return call("SendMessageBatch", () -> {
            var entries = Batches.checked(request.entries(), SendMessageBatchRequestEntry::id);
            Batches.checkSize(entries.stream()
                    .mapToInt(entry -> Utf8.bytes(entry.messageBody()))
                    .sum());
            var queue = queues.at(request.queueUrl());
            var sent = entries.stream()
                    .map(entry -> {
                        Refusals.unlessOnly(entry, Set.of("Id", "MessageBody", "DelaySeconds", "MessageAttributes"));
                        var id = send(queue, entry.messageBody(), entry.messageAttributes(), entry.delaySeconds());
                        return SendMessageBatchResultEntry.builder()
                                .id(entry.id())
                                .messageId(id)
                                .build();
                    })
                    .toList();
            return SendMessageBatchResponse.builder()
                    .successful(sent)
                    .failed(List.of())
                    .build();
        });
    }

    private String send(
            MemoryQueue queue, String body, Map<String, MessageAttributeValue> attributes, Integer delaySeconds) {
        if (body == null || body.isEmpty()) {
            throw Refusals.invalidMessage("The message body is empty");
        }
        var now = clock.instant();
        var content = new Content(queues.newId(), body, attributes, now);
        var delay = delaySeconds == null ? queue.settings().delay() : seconds(delaySeconds, LONGEST_DELAY);
        for (int copies = mischief.copies(); copies > 0; copies--) {
            queue.send(content, now.plus(delay).plus(mischief.delay()));
        }
        return content.id();
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        Refusals.unlessOnly(request, RECEIVE_FIELDS);
        return call("ReceiveMessage", () -> {
            var queue = queues.at(request.queueUrl());
            int most = request.maxNumberOfMessages() == null ? 1 : request.maxNumberOfMessages();
            if (most < 1 || most > MOST_MESSAGES) {
                throw Refusals.invalidMessage("MaxNumberOfMessages is 1 to 10");
            }
            var visibility = request.visibilityTimeout() == null
                    ? queue.settings().visibility()
                    : seconds(request.visibilityTimeout(), LONGEST_VISIBILITY);
            return ReceiveMessageResponse.builder()
                    .messages(queue.receive(most, visibility, clock.instant(), mischief))
                    .build();
        });
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        return call("DeleteMessage", () -> {
            queues.at(request.queueUrl()).delete(request.receiptHandle());
            return DeleteMessageResponse.builder().build();
        });
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        return call("DeleteMessageBatch", () -> {
            var queue = queues.at(request.queueUrl());
            var deleted = Batches.checked(request.entries(), DeleteMessageBatchRequestEntry::id).stream()
                    .map(entry -> {
                        queue.delete(entry.receiptHandle());
                        return DeleteMessageBatchResultEntry.builder()
                                .id(entry.id())
                                .build();
                    })
                    .toList();
            return DeleteMessageBatchResponse.builder()
                    .successful(deleted)
                    .failed(List.of())
                    .build();
        });
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        return call("ChangeMessageVisibility", () -> {
            queues.at(request.queueUrl())
                    .changeVisibility(
                            request.receiptHandle(),
                            seconds(request.visibilityTimeout(), LONGEST_VISIBILITY),
                            clock.instant());
            return ChangeMessageVisibilityResponse.builder().build();
        });
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        return call("ChangeMessageVisibilityBatch", () -> {
            var queue = queues.at(request.queueUrl());
            var changed = Batches.checked(request.entries(), ChangeMessageVisibilityBatchRequestEntry::id).stream()
                    .map(entry -> {
                        var visibility = seconds(entry.visibilityTimeout(), LONGEST_VISIBILITY);
                        queue.changeVisibility(entry.receiptHandle(), visibility, clock.instant());
                        return ChangeMessageVisibilityBatchResultEntry.builder()
                                .id(entry.id())
                                .build();
                    })
                    .toList();
            return ChangeMessageVisibilityBatchResponse.builder()
                    .successful(changed)
                    .failed(List.of())
                    .build();
        });
    }

    private static Duration seconds(int seconds, int most) {
        if (seconds < 0 || seconds > most) {
            throw Refusals.invalidMessage("Must be 0 to " + most + " seconds: " + seconds);
        }
        return Duration.ofSeconds(seconds);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}

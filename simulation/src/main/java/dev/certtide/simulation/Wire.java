package dev.certtide.simulation;

import dev.certtide.kit.engine.memory.Faults;
import dev.certtide.kit.engine.memory.MemorySqs;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.RequestThrottledException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * The queues as a function has them. What goes into one of them is seen on the way, when it has got there and whether or
 * not the function lives to know it.
 */
final class Wire implements SqsClient {
    private final MemorySqs engine;
    private final Faults faults;
    private final String tapped;
    private final Tap tap;

    /** Sees the messages of one request on their way. */
    @FunctionalInterface
    interface Tap {
        /** What gets there: the same, unless somebody meddles with it. */
        List<String> pass(List<String> bodies);
    }

    /** @param tapped the URL of the queue that is seen */
    Wire(MemorySqs engine, Faults faults, String tapped, Tap tap) {
        this.engine = engine;
        this.faults = faults;
        this.tapped = tapped;
        this.tap = tap;
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        return faults.around("SendMessageBatch", Wire::throttled, () -> {
            if (!request.queueUrl().equals(tapped)) {
                return engine.sendMessageBatch(request);
            }
            var bodies = tap.pass(request.entries().stream()
                    .map(SendMessageBatchRequestEntry::messageBody)
                    .toList());
            if (!bodies.isEmpty()) {
                engine.sendMessageBatch(batch -> batch.queueUrl(tapped).entries(entries(bodies)));
            }
            return SendMessageBatchResponse.builder()
                    .successful(List.of())
                    .failed(List.of())
                    .build();
        });
    }

    private static List<SendMessageBatchRequestEntry> entries(List<String> bodies) {
        return IntStream.range(0, bodies.size())
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(bodies.get(i))
                        .build())
                .toList();
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        return faults.around("SendMessage", Wire::throttled, () -> engine.sendMessage(request));
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        return faults.around("ChangeMessageVisibility", Wire::throttled, () -> engine.changeMessageVisibility(request));
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        return faults.around("GetQueueUrl", Wire::throttled, () -> engine.getQueueUrl(request));
    }

    private static RuntimeException throttled() {
        var message = "Rate exceeded";
        return RequestThrottledException.builder()
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("RequestThrottled")
                        .errorMessage(message)
                        .build())
                .writableStackTrace(false)
                .statusCode(403)
                .build();
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

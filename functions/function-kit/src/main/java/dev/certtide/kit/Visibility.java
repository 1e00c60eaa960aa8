package dev.certtide.kit;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/** When messages that were received come back to their queue, in place of the queue's own timeout. */
public final class Visibility {
    private final Supplier<SqsClient> sqs;
    private final Map<String, String> urls = new ConcurrentHashMap<>();

    /** Changed by that client, which is asked for only when it is needed. */
    public Visibility(Supplier<SqsClient> sqs) {
        this.sqs = sqs;
    }

    /**
     * Lets a message come back after {@code delay}, rounded up to whole seconds.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when SQS can't be reached or has the message no longer
     */
    public void comeBack(SQSMessage message, Duration delay) {
        var url = urls.computeIfAbsent(message.getEventSourceArn(), this::urlOf);
        sqs.get().changeMessageVisibility(request -> request.queueUrl(url)
                .receiptHandle(message.getReceiptHandle())
                .visibilityTimeout(Math.toIntExact(delay.plusNanos(999_999_999).toSeconds())));
    }

    /** The event names the queue by its ARN, {@code arn:aws:sqs:REGION:ACCOUNT:NAME}; the API wants the URL. */
    private String urlOf(String arn) {
        var parts = arn.split(":");
        return sqs.get()
                .getQueueUrl(request -> request.queueName(parts[5]).queueOwnerAWSAccountId(parts[4]))
                .queueUrl();
    }
}

package dev.certtide.kit.engine.memory;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What Lambda does between a queue and a function: it receives messages, invokes the function, and deletes those that the
 * function does not name in its answer (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS").
 */
public final class EventSource {
    private final SqsClient sqs;
    private final String queueUrl;
    private final String arn;
    private final int batchSize;

    /**
     * Of that queue, for one function.
     *
     * @param sqs Lambda's own: what goes wrong with the function's calls does not go wrong with these
     * @param batchSize how many messages an invocation gets at most, 1 to 10; only with 1 do its calls come in the same
     *     order each time
     */
    public EventSource(SqsClient sqs, String queueUrl, int batchSize) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.batchSize = batchSize;
        this.arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    /**
     * Invokes the function once, if there is a message. When its process crashed, whatever it answered, no message is
     * deleted: each comes back after the queue's visibility timeout.
     *
     * @param faults of the function's process
     * @return how many messages the function got
     */
    public int poll(Function<SQSEvent, SQSBatchResponse> function, Faults faults) {
        var messages = sqs.receiveMessage(request -> request.queueUrl(queueUrl)
                        .maxNumberOfMessages(batchSize)
                        .messageAttributeNames("All"))
                .messages();
        if (messages.isEmpty()) {
            return 0;
        }
        try {
            var answer = function.apply(event(messages));
            if (!faults.hasCrashed()) {
                delete(messages, answer);
            }
        } catch (CrashError crashed) {
            // No answer: all messages come back.
        }
        return messages.size();
    }

    private void delete(List<Message> messages, SQSBatchResponse answer) {
        var failed = answer.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .collect(Collectors.toSet());
        messages.stream()
                .filter(message -> !failed.contains(message.messageId()))
                .forEach(message -> sqs.deleteMessage(
                        request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle())));
    }

    private SQSEvent event(List<Message> messages) {
        var event = new SQSEvent();
        event.setRecords(messages.stream().map(this::record).toList());
        return event;
    }

    private SQSMessage record(Message message) {
        var record = new SQSMessage();
        record.setMessageId(message.messageId());
        record.setReceiptHandle(message.receiptHandle());
        record.setBody(message.body());
        record.setEventSourceArn(arn);
        record.setAttributes(message.attributesAsStrings().entrySet().stream()
                .filter(attribute -> Objects.nonNull(attribute.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return record;
    }
}

package dev.certtide.cli.demo;

import dev.certtide.model.CheckResult;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Prints what comes over {@code ssl_result}. */
final class ResultFeed implements AutoCloseable {
    /** A host that can't be reached is tried several times, with the same result. */
    private final Set<String> shown = new HashSet<>();

    private final SqsClient sqs;
    private final String queue;
    private final Thread reader;
    private volatile boolean open = true;

    ResultFeed(SqsClient sqs, String queue, Consumer<String> arrived) {
        this.sqs = sqs;
        this.queue = queue;
        this.reader = Thread.ofVirtual().start(() -> read(arrived));
    }

    private void read(Consumer<String> arrived) {
        try {
            while (open) {
                sqs.receiveMessage(request ->
                                request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
                        .messages()
                        .forEach(message -> show(message, arrived));
            }
        } catch (SdkException stopped) {
            if (open) {
                throw stopped;
            }
        }
    }

    private void show(Message message, Consumer<String> arrived) {
        var type = CloudEvent.typeOf(message.body(), EventType.SSL_CHECKED, EventType.SSL_UNCHANGED);
        if (type == EventType.SSL_CHECKED) {
            CloudEvent.readBatch(CheckResult.class, message.body()).stream()
                    .map(event -> line(event.data()))
                    .filter(shown::add)
                    .forEach(arrived);
        }
        sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
    }

    private static String line(CheckResult result) {
        var codes =
                result.findings().stream().map(finding -> finding.code().code()).collect(Collectors.joining(", "));
        return "%-42s %-12s %s"
                .formatted(result.target().hostAndPort(), result.status().word(), codes)
                .stripTrailing();
    }

    @Override
    public void close() {
        open = false;
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        sqs.close();
    }
}

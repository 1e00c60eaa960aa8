package dev.certtide.it.stack;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The stack's queues by their short names, for example {@code ssl-checker}. */
public final class Queues {
    /** In the order in which work passes through them. */
    private static final List<String> IN_ORDER_OF_FLOW =
            List.of("url-registry", "recheck", "ssl-checker", "ssl-stats", "ssl-failures", "notifications");

    private final SqsClient sqs;
    private final Map<String, String> urls = new ConcurrentHashMap<>();

    /** The queues that this client sees. */
    public Queues(SqsClient sqs) {
        this.sqs = sqs;
    }

    public String url(String name) {
        return urls.computeIfAbsent(name, _ -> sqs.getQueueUrl(request -> request.queueName("certtide-local-" + name))
                .queueUrl());
    }

    public String arn(String name) {
        return attribute(name, QueueAttributeName.QUEUE_ARN);
    }

    /**
     * Waits until all work is done. Only then nothing more can come, and that something did not happen can be asserted.
     * The queues are asked in the order of flow: a message leaves one only after what follows from it is in the next.
     * That of new-customers, which gathers for seconds and leads nowhere, is left out. They are asked twice, since what is
     * uncertain flows in a circle: the failures have it checked again.
     */
    public void awaitIdle(Duration patience) {
        await("all queues are empty").atMost(patience).until(() -> Stream.concat(
                        IN_ORDER_OF_FLOW.stream(), IN_ORDER_OF_FLOW.stream())
                .allMatch(this::isEmpty));
    }

    private boolean isEmpty(String name) {
        return messages(name) == 0;
    }

    /** How many messages a queue has, those included that are being worked on or are not visible yet. */
    public int messages(String name) {
        var attributes = sqs.getQueueAttributes(request -> request.queueUrl(url(name))
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes();
        return attributes.values().stream().mapToInt(Integer::parseInt).sum();
    }

    /** Every dead-letter queue that is not empty, with how many it has. */
    public Map<String, Integer> deadLetters() {
        return Stream.concat(IN_ORDER_OF_FLOW.stream(), Stream.of("new-customers"))
                .map(name -> name + "-dlq")
                .map(name -> Map.entry(name, messages(name)))
                .filter(entry -> entry.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private String attribute(String name, QueueAttributeName attribute) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url(name)).attributeNames(attribute))
                .attributes()
                .get(attribute);
    }
}

package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.MemoryQueue.Redrive;
import dev.certtide.kit.engine.memory.MemoryQueue.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The queues, by URL. */
final class MemoryQueues {
    private static final String ACCOUNT = "000000000000";
    private static final String URLS = "https://sqs.us-east-1.amazonaws.com/" + ACCOUNT + "/";
    private static final String ARNS = "arn:aws:sqs:us-east-1:" + ACCOUNT + ":";

    private final Map<String, MemoryQueue> queues = new HashMap<>();
    private long ids;

    String newId() {
        return "message-" + ++ids;
    }

    MemoryQueue at(String url) {
        return find(url.substring(url.lastIndexOf('/') + 1));
    }

    private MemoryQueue find(String name) {
        return Optional.ofNullable(queues.get(name)).orElseThrow(() -> QueueDoesNotExistException.builder()
                .message("The specified queue does not exist: " + name)
                .awsErrorDetails(Refusals.details("AWS.SimpleQueueService.NonExistentQueue", name))
                .build());
    }

    String url(String name) {
        find(name);
        return URLS + name;
    }

    String create(String name, Map<QueueAttributeName, String> attributes) {
        var rest = new HashMap<>(attributes);
        var settings = new Settings(
                Duration.ofSeconds(Long.parseLong(rest.getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30"))),
                Duration.ofSeconds(Long.parseLong(rest.getOrDefault(QueueAttributeName.DELAY_SECONDS, "0"))),
                Optional.ofNullable(rest.get(QueueAttributeName.REDRIVE_POLICY)).map(this::redrive));
        rest.keySet()
                .removeAll(List.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        QueueAttributeName.DELAY_SECONDS,
                        QueueAttributeName.REDRIVE_POLICY));
        if (!rest.isEmpty()) {
            throw new UnsupportedOperationException("The engine in memory has no queues with " + rest.keySet());
        }
        queues.put(name, new MemoryQueue(name, settings));
        return URLS + name;
    }

    private Redrive redrive(String json) {
        var policy = JsonNode.parser().parse(json).asObject();
        return new Redrive(
                find(policy.get("deadLetterTargetArn").text().substring(ARNS.length())),
                Integer.parseInt(policy.get("maxReceiveCount").text()));
    }

    Map<QueueAttributeName, String> attributes(String url, List<QueueAttributeName> wanted, Instant now) {
        var queue = at(url);
        var all = Map.of(
                QueueAttributeName.QUEUE_ARN, ARNS + url.substring(url.lastIndexOf('/') + 1),
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, Long.toString(queue.visible(now)),
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, Long.toString(queue.hidden(now, true)),
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, Long.toString(queue.hidden(now, false)));
        var some = new HashMap<>(all);
        if (!wanted.contains(QueueAttributeName.ALL)) {
            some.keySet().retainAll(wanted);
        }
        return some;
    }
}

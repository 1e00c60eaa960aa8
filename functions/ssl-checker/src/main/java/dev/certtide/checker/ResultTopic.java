package dev.certtide.checker;

import dev.certtide.kit.Message;
import dev.certtide.kit.Requests;
import dev.certtide.kit.Topic;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.SslUnchanged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * The topic {@code ssl_result}: CloudEvents batches of results that share a status, with attributes that subscribers
 * filter by.
 */
final class ResultTopic {
    private static final String SOURCE = "ssl-checker";

    /** The version of the contract of results. */
    private static final String SCHEMA = EventType.SSL_CHECKED.typeName();

    /** Those that the failures look into, which makes many requests: a batch of such messages must fit into their time. */
    private static final int FAILURES_PER_MESSAGE = 20;

    /** A result is some 2 KB. Subscribers are paid for by the invocation, and an invocation is given ten messages. */
    private static final int RESULTS_PER_MESSAGE = 100;

    private static final int MOST_BYTES = 200_000;

    private final Topic topic;

    ResultTopic(Topic topic) {
        this.topic = topic;
    }

    /** What the results of one message have in common. */
    private record Kind(Status status, boolean attention) {
        int perMessage() {
            return attention ? FAILURES_PER_MESSAGE : RESULTS_PER_MESSAGE;
        }
    }

    /** Tells of results one by one, and of the targets of which there is nothing new in one event. */
    void publish(List<Checked> results, Optional<SslUnchanged> unchanged) {
        topic.publish(Stream.concat(messages(results).stream(), unchanged.map(ResultTopic::message).stream())
                .toList());
    }

    /** Without a status: subscribers that filter by it are not told of what has not changed. */
    private static Message message(SslUnchanged unchanged) {
        var id = String.join(
                "/",
                unchanged.slot(),
                unchanged.minute().toString(),
                unchanged.first().id(),
                unchanged.from().toString());
        var event = CloudEvent.of(
                EventType.SSL_UNCHANGED, id, SOURCE, unchanged.slot(), unchanged.to(), Optional.empty(), unchanged);
        return new Message(
                CloudEvent.writeBatch(SslUnchanged.class, List.of(event)),
                Map.of("attention", "no", "schema", EventType.SSL_UNCHANGED.typeName()));
    }

    static List<Message> messages(List<Checked> results) {
        return results.stream()
                .collect(Collectors.groupingBy(one -> new Kind(one.result().status(), one.attention())))
                .entrySet()
                .stream()
                .flatMap(group -> messages(
                        group.getKey(),
                        group.getValue().stream().map(Checked::result).toList()))
                .toList();
    }

    private static Stream<Message> messages(Kind kind, List<CheckResult> results) {
        return results.stream()
                .map(ResultTopic::event)
                .gather(Gatherers.windowFixed(kind.perMessage()))
                .flatMap(ResultTopic::split)
                .map(body -> new Message(
                        body,
                        Map.of(
                                "status",
                                kind.status().word(),
                                "attention",
                                kind.attention() ? "yes" : "no",
                                "schema",
                                SCHEMA)));
    }

    /** Halves a batch until each part fits: long certificates are rare. One result alone always does. */
    private static Stream<String> split(List<CloudEvent<CheckResult>> events) {
        var body = CloudEvent.writeBatch(CheckResult.class, events);
        if (Requests.bytes(body) <= MOST_BYTES || events.size() == 1) {
            return Stream.of(body);
        }
        int half = events.size() / 2;
        return Stream.concat(split(events.subList(0, half)), split(events.subList(half, events.size())));
    }

    private static CloudEvent<CheckResult> event(CheckResult result) {
        var id = result.target().id() + "/" + result.checkedAt();
        return CloudEvent.of(
                EventType.SSL_CHECKED, id, SOURCE, result.target().id(), result.checkedAt(), Optional.empty(), result);
    }
}

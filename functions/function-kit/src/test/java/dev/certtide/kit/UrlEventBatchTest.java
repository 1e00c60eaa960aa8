package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.UrlEventBatch.Refusal;
import dev.certtide.kit.UrlEventBatch.RefusingWork;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.event.UrlEvent;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A message may hold thousands of elements, and all of them may be refused. */
@ExtendWith(Engines.class)
class UrlEventBatchTest {
    private static final int MANY = 5_000;
    private static final RefusingWork REFUSES_ALL = (events, refuse) ->
            refuse.accept(events.stream().map(UrlEventBatchTest::refused).toList());

    private final Invocation invocation = new Invocation("url-registry", Duration.ofSeconds(30));
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    @Test
    void thousandsOfRefusedEventsAreKeptInTimeEachOnceWithItsReason(LocalSqs sqs) {
        var kept = kept(sqs, i -> "{\"url\": \"host-" + i + ".example\"}");
        IntStream.range(0, MANY)
                .forEach(i -> assertEquals("[" + i + "].owner: has too many", kept.get("host-" + i + ".example")));
    }

    @Test
    void thousandsThatCannotBeReadAreToo(LocalSqs sqs) {
        var kept = kept(sqs, i -> "{\"url\": \"host-" + i + ".example:99999\"}");
        IntStream.range(0, MANY)
                .forEach(i -> assertTrue(
                        kept.get("host-" + i + ".example:99999").startsWith("[" + i + "].url: "),
                        kept.get("host-" + i + ".example:99999")));
    }

    /** The reasons by what they are about. */
    private Map<String, String> kept(LocalSqs sqs, IntFunction<String> element) {
        var deadLetters = sqs.newQueue();
        try (var between = new InFrontOf(sqs.endpoint(), call -> {
                    calls.computeIfAbsent(call.operation(), _ -> new AtomicInteger())
                            .incrementAndGet();
                    return new Fate.Passed(call.body());
                });
                var client = LocalSqs.clientOf(between.endpoint())) {
            var message = IntStream.range(0, MANY).mapToObj(element).toList().toString();
            var response = batch(client, deadLetters)
                    .processRefusing(Invocation.messages(message), invocation, REFUSES_ALL);
            assertEquals(List.of(), response.getBatchItemFailures(), () -> invocation.lines().toString());
        }
        assertEquals(List.of("SendMessageBatch"), List.copyOf(calls.keySet()));
        assertEquals(MANY / 10, calls.get("SendMessageBatch").get());
        assertTrue(invocation.lines().stream().anyMatch(line -> line.contains("\"Refused\":" + MANY)));
        var reasons = new HashMap<String, String>();
        for (var letter : sqs.drain(deadLetters)) {
            var url = (String) ((Map<?, ?>) Json.readTree(letter.body())).get("url");
            var before = reasons.put(url, letter.messageAttributes().get("reason").stringValue());
            assertEquals(null, before, "kept twice: " + url);
        }
        assertEquals(MANY, reasons.size());
        return reasons;
    }

    private UrlEventBatch batch(SqsClient client, String deadLetters) {
        var log = Log.of(new Environment(Map.of("STAGE", "local")), InstantSource.system(), invocation);
        return new UrlEventBatch(
                new SqsBatch(
                        log,
                        new DeadLetters(new Queue(client, deadLetters), "url-registry"),
                        new Visibility(() -> client)),
                InstantSource.system());
    }

    private static Refusal refused(UrlEvent event) {
        return new Refusal(event, "owner", "has too many");
    }
}

package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Invocation;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");

    private final Invocation invocation = new Invocation("notifier", Duration.ofSeconds(30));
    private final Log log = Log.of(
            new Environment(
                    Map.of("STAGE", "prod", "AWS_SECRET_ACCESS_KEY", "s3cret", "AWS_SESSION_TOKEN", "s3cret-too")),
            () -> NOW,
            invocation);

    @Test
    void aLineIsOneJsonObject() {
        log.info("two\nlines \"quoted\" ü", Map.of("key", "a\tb\u0000"));
        var line = onlyLine();
        assertEquals("two\nlines \"quoted\" ü", line.get("message"));
        assertEquals("a\tb\u0000", line.get("key"));
        assertEquals("INFO", line.get("level"));
        assertEquals("notifier", line.get("function"));
        assertEquals("2026-11-21T13:00:00Z", line.get("timestamp"));
        assertNull(line.get("eventId"));
    }

    @Test
    void aFailureHasItsStackTraceInTheSameLine() {
        log.error("failed", new IllegalStateException("outer", new java.io.IOException("inner")));
        var line = onlyLine();
        assertEquals("ERROR", line.get("level"));
        assertEquals("java.lang.IllegalStateException: outer", line.get("error"));
        assertTrue(line.get("stack").toString().contains("Caused by: java.io.IOException: inner"));
    }

    @Test
    void whatIsBeingWorkedOnIsInEachLineAndNotInTheNextOnes() {
        Log.about(new Log.Subject("m-1", Optional.of("trace-1")), () -> log.warn("inside", Map.of()));
        Log.about(new Log.Subject("m-2", Optional.empty()), () -> log.warn("inside", Map.of()));
        log.warn("outside", Map.of());
        var lines = lines();
        assertEquals("m-1", lines.get(0).get("eventId"));
        assertEquals("trace-1", lines.get(0).get("traceId"));
        assertEquals("m-2", lines.get(1).get("eventId"));
        assertFalse(lines.get(1).containsKey("traceId"));
        assertFalse(lines.get(2).containsKey("eventId"));
    }

    @Test
    void aCountIsAMetricInTheEmbeddedMetricFormat() {
        log.count("Told", 3);
        var line = onlyLine();
        assertEquals(3L, line.get("Told"));
        assertEquals("prod", line.get("Stage"));
        assertEquals("notifier", line.get("Function"));
        assertEquals(
                Map.of(
                        "Timestamp", NOW.toEpochMilli(),
                        "CloudWatchMetrics",
                                List.of(Map.of(
                                        "Namespace", "Certtide",
                                        "Dimensions", List.of(List.of("Stage", "Function")),
                                        "Metrics", List.of(Map.of("Name", "Told", "Unit", "Count"))))),
                line.get("_aws"));
    }

    @Test
    void theCredentialsOfTheEnvironmentAreInNoLine() {
        log.info("info", Map.of());
        log.count("Told", 1);
        log.error("failed", new IllegalStateException("x"));
        var environment = new Environment(Map.of("AWS_SECRET_ACCESS_KEY", "s3cret", "STAGE", "prod"));
        var aws = new AwsClients(environment);
        var kit = new FunctionKit(environment, () -> NOW, aws, new Visibility(aws::sqs));
        log.info("kit", Map.of("kit", kit.toString()));
        assertFalse(invocation.lines().toString().contains("s3cret"));
    }

    private Map<?, ?> onlyLine() {
        assertEquals(1, invocation.lines().size());
        return lines().getFirst();
    }

    private List<Map<?, ?>> lines() {
        return invocation.lines().stream()
                .peek(line -> assertTrue(line.endsWith("\n") && line.indexOf('\n') == line.length() - 1, line))
                .<Map<?, ?>>map(line -> (Map<?, ?>) Json.readTree(line))
                .toList();
    }
}

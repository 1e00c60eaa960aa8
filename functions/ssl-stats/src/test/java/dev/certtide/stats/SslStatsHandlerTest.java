package dev.certtide.stats;

import static dev.certtide.stats.DeployedStats.NOON;
import static dev.certtide.stats.DeployedStats.SHOP;
import static dev.certtide.stats.DeployedStats.message;
import static dev.certtide.stats.DeployedStats.result;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.history.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is written down of the messages. */
class SslStatsHandlerTest extends WithStats {
    private static final Duration PLENTY = Duration.ofSeconds(60);

    @Test
    void whatIsWrittenDownIsCarriedByTheSchedule() {
        handle(result(0, Status.OK, 90));
        assertEquals(Optional.of(Outcome.of(result(0, Status.OK, 90))), last());
        handle(result(2, Status.WARNING, 90));
        handle(result(1, Status.CRITICAL, 90));
        assertEquals(Optional.of(Outcome.of(result(2, Status.WARNING, 90))), last());
    }

    @Test
    void aTargetThatCameBackToTheScheduleWhileItWasCheckedLearnsOfItWithTheNextResult() {
        handle(result(0, Status.OK, 398));
        stats.config.unschedule(SHOP);
        stats.config.schedule(SHOP);
        assertEquals(Optional.empty(), last());
        handle(result(1, Status.OK, 398));
        assertEquals(Optional.of(Outcome.of(result(1, Status.OK, 398))), last());
    }

    @Test
    void ofTargetsOfWhichThereIsNothingNewOneItemIsKept() {
        var minute = NOON.minusSeconds(120);
        var unchanged = new SslUnchanged(
                "daily#7.1", minute, NOON, NOON.plusSeconds(2), SHOP, Target.parse("zoo.example"), 97, List.of());
        var body = CloudEvent.writeBatch(
                SslUnchanged.class,
                List.of(CloudEvent.of(
                        EventType.SSL_UNCHANGED, "1", "ssl-checker", "daily#7.1", NOON, Optional.empty(), unchanged)));
        assertEquals(List.of(), stats.handle(PLENTY, body));
        assertEquals(List.of(), stats.handle(PLENTY, body));

        var items = stats.resultsTable.query("SLOT#daily#7.1", "");
        assertEquals(1, items.size());
        assertEquals(
                "RUN#2026-11-21T11:58Z#https://shop.example:443#2026-11-21T12:00:00.000000000Z",
                items.getFirst().sk());
        assertEquals(Optional.empty(), stats.results.latest(SHOP));
        assertEquals(Optional.empty(), last());
    }

    /** It is what most results are that are told one by one, so each request counts. */
    @Test
    void firstResultsAreTwoWritesEachAndOneReadTogether() {
        var targets = IntStream.range(0, 20)
                .mapToObj(i -> Target.parse("shop-" + i + ".example"))
                .toList();
        targets.forEach(stats.config::schedule);
        var calls = new ConcurrentLinkedQueue<String>();
        stats.during(call -> {
            calls.add(call.operation());
            return new Fate.Passed(call.body());
        });

        handle(targets.stream()
                .map(target -> new CheckResult(target, NOON, new Verdict(Status.OK, List.of()), List.of()))
                .toArray(CheckResult[]::new));

        assertEquals(
                Map.of("BatchGetItem", 1L, "UpdateItem", 20L, "PutItem", 20L),
                calls.stream().collect(Collectors.groupingBy(call -> call, Collectors.counting())));
    }

    @Test
    void anEventOfAVersionToComeIsKeptWithItsReason() {
        var body = message(result(0, Status.OK, 90))
                .replace("ssl.checked.v1", "ssl.checked.v2")
                .replace("checkedAt", "when");
        assertEquals(List.of(), stats.handle(PLENTY, body));
        var kept = stats.deadLetters().getFirst();
        assertEquals(body, kept.body());
        assertEquals("[0].type", kept.messageAttributes().get("field").stringValue());
        assertEquals(
                "[0].type: is not known here; expected dev.certtide.ssl.checked.v1 or dev.certtide.ssl.unchanged.v1",
                kept.messageAttributes().get("reason").stringValue());
        assertEquals(Optional.empty(), stats.results.latest(SHOP));
    }

    private Optional<Outcome> last() {
        return stats.config.scheduled(List.of(SHOP)).getFirst().last();
    }

    private void handle(CheckResult... results) {
        assertEquals(List.of(), stats.handle(results));
    }
}

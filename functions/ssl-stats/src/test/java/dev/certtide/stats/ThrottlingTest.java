package dev.certtide.stats;

import static dev.certtide.stats.DeployedStats.NOON;
import static dev.certtide.stats.DeployedStats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.InFrontOf.Call;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table that takes no more in the middle of a batch: what was not written comes back, and nothing claims that it was. */
class ThrottlingTest extends WithStats {
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final List<Target> TARGETS = IntStream.range(0, 4)
            .mapToObj(i -> Target.parse("shop-" + i + ".example"))
            .toList();

    @BeforeEach
    void scheduled() {
        TARGETS.forEach(stats.config::schedule);
    }

    @Test
    void whenTheResultsAreThrottledMidWayTheScheduleDoesNotClaimWhatIsNotWritten() {
        refuse(call -> call.operation().equals("PutItem") && call.body().contains("shop-2"));
        assertEquals(List.of("m-0"), handle());
        assertEquals(List.of(true, true, false, true), written());
        assertEquals(List.of(true, true, false, true), claimed());

        refuse(_ -> false);
        assertEquals(List.of(), handle());
        assertEquals(List.of(true, true, true, true), written());
        assertEquals(List.of(true, true, true, true), claimed());
        assertEquals(List.of(), stats.deadLetters());
    }

    @Test
    void whenTheScheduleIsThrottledMidWayTheRepetitionSettlesIt() {
        refuse(call -> call.operation().equals("UpdateItem") && call.body().contains("shop-2"));
        assertEquals(List.of("m-0"), handle());
        assertEquals(List.of(true, true, false, true), claimed());

        refuse(_ -> false);
        assertEquals(List.of(), handle());
        assertEquals(List.of(true, true, true, true), written());
        assertEquals(List.of(true, true, true, true), claimed());
    }

    /** Results of one target are kept in their order: the later ones would not be missed, the history would. */
    @Test
    void whereOneResultOfATargetCannotBeKeptTheLaterOnesOfItWait() {
        var target = TARGETS.get(2);
        refuse(call -> call.operation().equals("PutItem") && call.body().contains("shop-2"));
        var later = new CheckResult(target, NOON.plusSeconds(60), new Verdict(Status.WARNING, List.of()), List.of());
        assertEquals(List.of("m-0", "m-1"), stats.handle(PLENTY, message(result(target), later), message(later)));
        refuse(_ -> false);
        assertEquals(List.of(), stats.handle(result(target), later));
        assertEquals(
                2, stats.resultsTable.query("TARGET#" + target.id(), "HISTORY#").size());
    }

    /** Whoever is out of time is interrupted, and on such a thread no request can be made. */
    @Test
    void whatThereWasNoTimeToWriteIsNotClaimed() throws Exception {
        var end = new CountDownLatch(1);
        stats.during(call -> {
            if (call.operation().equals("PutItem") && call.body().contains("shop-2")) {
                await(end);
            }
            return new Fate.Passed(call.body());
        });
        try {
            assertEquals(List.of("m-0"), stats.handle(Duration.ofSeconds(3), message(results())));
            assertEquals(List.of(true, true, false, true), claimed());
        } finally {
            end.countDown();
        }
    }

    private void refuse(Predicate<Call> which) {
        stats.during(call -> which.test(call)
                ? new Fate.Refused("ProvisionedThroughputExceededException")
                : new Fate.Passed(call.body()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> handle() {
        return stats.handle(results());
    }

    private static CheckResult[] results() {
        return TARGETS.stream().map(ThrottlingTest::result).toArray(CheckResult[]::new);
    }

    private List<Boolean> written() {
        return TARGETS.stream()
                .map(target -> stats.results.latest(target).isPresent())
                .toList();
    }

    private List<Boolean> claimed() {
        return TARGETS.stream()
                .map(target -> stats.config
                        .scheduled(List.of(target))
                        .getFirst()
                        .last()
                        .filter(Outcome.of(result(target))::equals)
                        .isPresent())
                .toList();
    }

    private static CheckResult result(Target target) {
        return new CheckResult(target, NOON, new Verdict(Status.OK, List.of()), List.of());
    }
}

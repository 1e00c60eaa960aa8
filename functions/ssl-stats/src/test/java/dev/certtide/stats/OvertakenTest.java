package dev.certtide.stats;

import static dev.certtide.stats.DeployedStats.NOON;
import static dev.certtide.stats.DeployedStats.SHOP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.NoSchedule;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Results that are kept at the same time. */
class OvertakenTest extends WithStats {
    /** Checks that come to what the schedule claims are not told: it must not claim what is not the latest. */
    @Test
    void aResultThatIsOvertakenAfterItWasSettledIsTakenBack() {
        stats.handle(result(0, Status.OK));
        var newest = result(2, Status.OK);
        var isOvertaken = new AtomicBoolean();
        stats.during(call -> {
            if (call.operation().equals("UpdateItem") && !isOvertaken.getAndSet(true)) {
                stats.results.keep(newest, NoSchedule.NONE);
            }
            return new Fate.Passed(call.body());
        });

        assertEquals(List.of(), stats.handle(result(1, Status.WARNING)));

        assertEquals(Optional.of(newest), stats.results.latest(SHOP));
        assertEquals(
                Optional.empty(),
                stats.config.scheduled(List.of(SHOP)).getFirst().last());
    }

    /** As by a registry that is slower than the first check. */
    @Test
    void aTargetThatIsPutOnTheScheduleWhileItsFirstResultIsKeptIsNotToldOfAgain() {
        var first = result(Target.parse("new.example"), 0, Status.OK);
        stats.during(call -> {
            if (call.operation().equals("PutItem")) {
                stats.config.schedule(first.target());
            }
            return new Fate.Passed(call.body());
        });

        assertEquals(List.of(), stats.handle(first));

        assertEquals(
                Optional.of(Outcome.of(first)),
                stats.config.scheduled(List.of(first.target())).getFirst().last());
    }

    private static CheckResult result(int minute, Status status) {
        return result(SHOP, minute, status);
    }

    private static CheckResult result(Target target, int minute, Status status) {
        return new CheckResult(target, NOON.plusSeconds(60L * minute), new Verdict(status, List.of()), List.of());
    }
}

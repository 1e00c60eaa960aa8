package dev.certtide.stats;

import static dev.certtide.stats.DeployedStats.NOON;
import static dev.certtide.stats.DeployedStats.SHOP;
import static dev.certtide.stats.DeployedStats.address;
import static dev.certtide.stats.DeployedStats.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.LeafHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a target's leaves teach. */
class RenewalsTest extends WithStats {
    /** 90-day certificates, each replaced when 30 days were left; told late, twice, and in no order. */
    @Test
    void whenCertificatesAreRenewedIsLearnedAndCarriedByTheSchedule() {
        var checks = new ArrayList<CheckResult>();
        for (int day = 0; day < 190; day++) {
            checks.add(check(day, day / 60));
        }
        handle(checks.subList(0, 100).toArray(CheckResult[]::new));
        assertEquals(Optional.empty(), known().flatMap(Known::habit), "one renewal may be chance");

        var rest = new ArrayList<>(checks.subList(90, 190));
        Collections.shuffle(rest, new Random(7));
        handle(rest.toArray(CheckResult[]::new));
        var habit = known().orElseThrow().habit().orElseThrow();

        assertEquals(3, habit.renewals());
        assertEquals(30, habit.left(Duration.ofDays(90)).plusHours(12).toDays());
        handle(check(189, 3), check(150, 2));
        assertEquals(Optional.of(habit), known().flatMap(Known::habit));
    }

    @Test
    void aLeafThatIsForClientsTooIsRememberedUntilTheSecondRenewal() {
        handle(check(0, 0));
        handle(check(60, 1));
        assertEquals(Optional.of(new Known(true, Optional.empty())), known());
        handle(check(80, 2));
        assertEquals(Optional.empty(), known());
    }

    @Test
    void anUnchangedLeafIsNotWrittenToTheLeavesNorToTheSchedule() {
        handle(check(0, 0), check(1, 0), check(2, 0));
        assertEquals(LeafHistory.NONE, stats.results.leaves(SHOP));
        assertEquals(Optional.empty(), known());
    }

    private Optional<Known> known() {
        return stats.config.scheduled(List.of(SHOP)).getFirst().known();
    }

    /** The leaf of that number, seen on that day; each begins 60 days after the one before, the first is for clients. */
    private static CheckResult check(int day, int number) {
        var leaf = leaf(
                NOON.plus(Duration.ofDays(60L * number)).minusSeconds(3600),
                Duration.ofDays(90),
                Integer.toString(number),
                number == 0 ? List.of("serverAuth", "clientAuth") : List.of("serverAuth"));
        return new CheckResult(
                SHOP, NOON.plus(Duration.ofDays(day)), new Verdict(Status.OK, List.of()), List.of(address(leaf)));
    }

    private void handle(CheckResult... results) {
        assertEquals(List.of(), stats.handle(results));
    }
}

package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.NoSchedule;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.history.LeafSeen;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a target was checked last, of which nothing was written down since. */
@ExtendWith(Engines.class)
class RunsTest {
    private static final Target A = Target.parse("a.example");
    private static final Target M = Target.parse("m.example");
    private static final Target Z = Target.parse("z.example");
    private static final Slot SLOT = Slot.of(M, Cadence.DAILY);
    /** When the slot of {@code M} is due. */
    private static final Instant DAY_0 = Instant.parse("2026-11-21T00:00:00Z").plus(Duration.ofMinutes(SLOT.minute()));

    private static final Instant LATER = day(30);
    private static final Optional<Instant> EVER = Optional.of(Instant.EPOCH);

    private Table table;
    private Runs runs;

    @BeforeEach
    void runsInANewTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
        runs = new Runs(table);
    }

    @Test
    void withoutARunItWasTheLatestResult() {
        assertEquals(DAY_0, runs.lastChecked(result(DAY_0, 1), EVER, LATER));
    }

    @Test
    void theNewestRunOfItsSlotThatCoversItTells() {
        for (int day = 1; day < 4; day++) {
            runs.keep(run(day, A, Z));
        }
        assertEquals(checkedOn(3), runs.lastChecked(result(DAY_0, 1), EVER, LATER));
        assertEquals(checkedOn(1), runs.lastChecked(result(DAY_0, 1), EVER, day(2)), "checks before a time only");
        assertEquals(day(4), runs.lastChecked(result(day(4), 1), EVER, LATER), "no run is later than the result");
    }

    @Test
    void aRunThatExceptsItDoesNotTell() {
        runs.keep(run(1, A, Z));
        runs.keep(run(2, A, Z, M, A));
        assertEquals(checkedOn(1), runs.lastChecked(result(DAY_0, 1), EVER, LATER));
        runs.keep(run(3, A, Target.parse("b.example")));
        runs.keep(run(3, Target.parse("n.example"), Z));
        assertEquals(checkedOn(1), runs.lastChecked(result(DAY_0, 1), EVER, LATER), "it lies between the ranges");
    }

    @Test
    void whatCameBackForLackOfTimeIsToldByItsOwnRun() {
        runs.keep(run(2, A, Z, M, Target.parse("p.example")));
        var rest = new SslUnchanged(
                SLOT.key(),
                day(2),
                checkedOn(2).plusSeconds(90),
                checkedOn(2).plusSeconds(91),
                M,
                Target.parse("p.example"),
                2,
                List.of(Target.parse("n.example")));
        runs.keep(rest);
        assertEquals(checkedOn(2).plusSeconds(90), runs.lastChecked(result(DAY_0, 1), EVER, LATER));
    }

    @Test
    void aMessageThatIsDeliveredTwiceTellsTheLaterTime() {
        runs.keep(run(2, A, Z));
        var run = run(2, A, Z);
        runs.keep(new SslUnchanged(
                run.slot(), run.minute(), run.from().plusSeconds(5), run.to().plusSeconds(5), A, Z, 3, List.of()));
        assertEquals(checkedOn(2).plusSeconds(5), runs.lastChecked(result(DAY_0, 1), EVER, LATER));
    }

    @Test
    void aRunIsOneItemThatExpires() {
        runs.keep(run(2, A, Z, M));
        runs.keep(run(2, A, Z, M));
        var items = table.query("SLOT#" + SLOT.key(), "RUN#");
        assertEquals(1, items.size());
        var item = items.getFirst();
        assertEquals(
                "RUN#%sZ#%s#%s".formatted(day(2).toString().substring(0, 16), A.id(), Results.sortable(checkedOn(2))),
                item.sk());
        assertEquals(A.id(), item.get("first"));
        assertEquals(Z.id(), item.get("last"));
        assertEquals(Optional.of(7L), item.findNumber("unchanged"));
        assertEquals(M.id(), item.get("except"));
        assertEquals(
                checkedOn(2).plusSeconds(1).plus(Duration.ofDays(40)).getEpochSecond(),
                item.findNumber("expiresAt").orElseThrow());
    }

    /** Without the runs a leaf would seem to have been seen for an instant only, and nothing be learned of renewals. */
    @Test
    void aLeafThatGoesWasSeenLastByTheLastCheckThatCameToTheSame() {
        var results = new Results(table);
        results.keep(result(DAY_0, 1), NoSchedule.NONE);
        for (int day = 1; day < 7; day++) {
            runs.keep(run(day, A, Z));
        }
        results.keep(result(day(7), 2), new ToldSchedule(DAY_0, _ -> {}));
        assertEquals(
                List.of(checkedOn(6), day(7)),
                results.leaves(M).leaves().stream().map(LeafSeen::lastSeen).toList());
    }

    /** The runs go on without it, and do not say so: nobody else takes note of who is on the schedule when. */
    @Test
    void ofTheTimeWhenATargetWasNotOnTheScheduleARunSaysNothing() {
        for (int day = 1; day < 7; day++) {
            runs.keep(run(day, A, Z));
        }
        assertEquals(DAY_0, runs.lastChecked(result(DAY_0, 1), Optional.empty(), LATER), "paused");
        assertEquals(
                DAY_0,
                runs.lastChecked(result(DAY_0, 1), Optional.of(day(6)), LATER),
                "put on it in the very minute: maybe after the slot was read");
        assertEquals(checkedOn(6), runs.lastChecked(result(DAY_0, 1), Optional.of(day(5)), LATER));
    }

    @Test
    void aLeafThatGoesWhileItsTargetWasOffTheScheduleWasSeenLastBefore() {
        var results = new Results(table);
        results.keep(result(DAY_0, 1), NoSchedule.NONE);
        for (int day = 1; day < 7; day++) {
            runs.keep(run(day, A, Z));
        }
        results.keep(result(day(7), 2), new ToldSchedule(day(7).minusSeconds(30), _ -> {}));
        assertEquals(
                List.of(DAY_0, day(7)),
                results.leaves(M).leaves().stream().map(LeafSeen::lastSeen).toList());
    }

    private static Instant day(int day) {
        return DAY_0.plus(Duration.ofDays(day));
    }

    private static Instant checkedOn(int day) {
        return day(day).plusSeconds(7);
    }

    private static SslUnchanged run(int day, Target first, Target last, Target... except) {
        return new SslUnchanged(
                SLOT.key(),
                day(day),
                checkedOn(day),
                checkedOn(day).plusSeconds(1),
                first,
                last,
                7,
                Stream.of(except).toList());
    }

    /** A check that saw that leaf, which lives for 90 days. */
    private static CheckResult result(Instant at, int number) {
        var notBefore = DAY_0.plus(Duration.ofDays(number));
        var leaf = Sights.leaf("m.example", notBefore, notBefore.plus(Duration.ofDays(90)), "leaf" + number);
        var address = Sights.address(leaf);
        return new CheckResult(M, at, new Verdict(Status.OK, List.of()), List.of(address));
    }
}

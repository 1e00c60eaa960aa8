package dev.certtide.model.history;

import static dev.certtide.model.history.Leaves.OTHER;
import static dev.certtide.model.history.Leaves.R12;
import static dev.certtide.model.history.Leaves.R13;
import static dev.certtide.model.history.Leaves.SERVER;
import static dev.certtide.model.history.Leaves.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenewalHabitTest {
    private static final Duration DAYS_90 = Duration.ofDays(90);
    private static final List<String> NAMES = List.of("shop.example");

    /** Days left at each renewal of a 90-day certificate; what is learned in days, and the deviation in days. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            30,                      -
            30 30,                   30 0
            30 29,                   29 1
            30 14,                   14 16
            30 30 30,                30 0
            30 30 14,                30 0
            30 60 30,                30 0
            30 28 26,                28 2
            30 28 26 24,             26 2
            30 30 30 30 2,           30 0
            10 10 30 30 30 30 30,    30 0
            30 70,                   -
            30 -3,                   -
            30 -3 30,                30 0
            45 20 9,                 20 11
            """)
    void theMiddleOneOfTheLastFiveRenewalsIsTheHabit(String daysLeft, String expected) {
        var habit = RenewalHabit.of(history(Arrays.stream(daysLeft.split(" "))
                .map(days -> Duration.ofDays(Long.parseLong(days)))
                .toList()));

        assertEquals(
                expected,
                habit.map(one -> one.left(DAYS_90).plusHours(12).toDays() + " " + Math.round(one.deviation() * 90))
                        .orElse("-"));
    }

    @Test
    void anotherIntermediateOfTheAuthorityIsNoOtherHabit() {
        assertEquals(2, learned(R12, R13, R12).orElseThrow().renewals());
        assertEquals(Optional.empty(), learned(R12, R12, OTHER), "what the authority before was like does not count");
        assertEquals(Optional.empty(), learned(OTHER, R12, R12));
        assertEquals(2, learned(OTHER, R12, R12, R13).orElseThrow().renewals());
    }

    @Test
    void aRenewalWithOtherNamesSaysNothing() {
        var history = LeafHistory.NONE;
        for (int i = 0; i < 4; i++) {
            var begin = START.plus(Duration.ofDays(60L * i));
            history = history.with(
                    Leaves.leaf("l" + i, begin, DAYS_90, R12, List.of("v" + i + ".example"), "k", SERVER),
                    begin,
                    begin.plus(Duration.ofDays(60)));
        }
        assertEquals(Optional.empty(), RenewalHabit.of(history));
    }

    @Test
    void aRenewalThatNobodySawForWeeksSaysNothing() {
        var unseen = Duration.ofDays(20);
        var history = LeafHistory.NONE;
        for (int i = 0; i < 4; i++) {
            var begin = START.plus(Duration.ofDays(60L * i));
            history = history.with(
                    Leaves.leaf("l" + i, begin, DAYS_90), begin.plus(unseen), begin.plus(Duration.ofDays(60)));
        }
        assertEquals(Optional.empty(), RenewalHabit.of(history));
    }

    @Test
    void certificatesThatAreServedSideBySideAreNoRenewals() {
        var history = LeafHistory.NONE;
        for (int i = 0; i < 6; i++) {
            var begin = START.plus(Duration.ofDays(20L * i));
            history = history.with(Leaves.leaf("l" + i, begin, DAYS_90), begin, begin.plus(Duration.ofDays(70)));
        }
        assertEquals(Optional.empty(), RenewalHabit.of(history));
    }

    /** Clients that renew a fixed time before the end, and those that renew at a share, look alike until then. */
    @Test
    void withAnotherLifetimeTheLaterOfBothWaysToCountIsTaken() {
        var habit = new RenewalHabit(3, 1 / 3.0, Duration.ofDays(30).toSeconds(), 0);

        assertEquals(Duration.ofDays(15), habit.left(Duration.ofDays(45)));
        assertEquals(Duration.ofDays(30), habit.left(Duration.ofDays(200)));
    }

    @Property
    void theHabitLiesAmongTheRenewalsAndItsDeviationIsNoLargerThanTheirSpread(
            @ForAll @Size(min = 2, max = 9) List<@DoubleRange(min = 0.01, max = 0.74) Double> shares,
            @ForAll @IntRange(min = 160, max = 9_552) int hours) {
        var lifetime = Duration.ofHours(hours);
        var history = LeafHistory.NONE;
        var begin = START;
        for (int i = 0; i <= shares.size(); i++) {
            var used =
                    Duration.ofSeconds((long) (lifetime.toSeconds() * (1 - (i < shares.size() ? shares.get(i) : 0.5))));
            history = history.with(
                    Leaves.leaf("l" + i, begin, lifetime),
                    begin,
                    begin.plus(used).minusSeconds(1));
            begin = begin.plus(used);
        }
        var habit = RenewalHabit.of(history).orElseThrow();
        var last = shares.subList(Math.max(0, shares.size() - 5), shares.size());
        var least = last.stream().min(Double::compare).orElseThrow();
        var most = last.stream().max(Double::compare).orElseThrow();

        assertEquals(last.size(), habit.renewals());
        assertTrue(habit.share() > least - 0.0002 && habit.share() < most + 0.0002, habit.toString());
        assertTrue(habit.deviation() <= most - least + 0.0002, habit.toString());
        assertTrue(!habit.left(lifetime).isNegative());
    }

    private static Optional<RenewalHabit> learned(String... issuers) {
        var history = LeafHistory.NONE;
        for (int i = 0; i < issuers.length; i++) {
            var begin = START.plus(Duration.ofDays(60L * i));
            history = history.with(
                    Leaves.leaf("l" + i, begin, DAYS_90, issuers[i], NAMES, "k" + i, SERVER),
                    begin,
                    begin.plus(Duration.ofDays(60)));
        }
        return RenewalHabit.of(history);
    }

    /** 90-day certificates, each replaced when so much was left of it. */
    private static LeafHistory history(List<Duration> lefts) {
        var history = LeafHistory.NONE;
        Instant begin = START;
        for (int i = 0; i <= lefts.size(); i++) {
            var until = begin.plus(DAYS_90).minus(i < lefts.size() ? lefts.get(i) : Duration.ofDays(89));
            history = history.with(Leaves.leaf("l" + i, begin, DAYS_90), begin, until.minusSeconds(1));
            begin = until;
        }
        return history;
    }
}

package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.history.RenewalHabit;
import dev.certtide.model.schedule.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenewalRulesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RenewalRules RULES = new RenewalRules(ExpiryThresholds.STANDARD);

    /** Lifetime, usually left and deviation in hours; with less than the last left, the renewal is overdue. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # a third left, as ACME clients do: a twentieth of the lifetime later
            9552, 3184, 0,  2706
            4800, 1600, 0,  1360
            2160, 720,  0,  612
            1128, 376,  0,  320
            # half left, as they do with certificates of six days
            160,  80,   0,  72
            # those who renew late are told half-way to critical, but not before the second check
            9552, 336,  0,  252
            9552, 192,  0,  144
            2160, 240,  0,  192
            # those who renew now and then are left in peace
            2160, 720,  24, 612
            2160, 720,  72, 504
            2160, 480,  384, -672
            """)
    void itIsOverdueAfterAGrace(int lifetimeHours, int leftHours, int deviationHours, int overdueHours) {
        var habit = new RenewalHabit(
                3,
                (double) leftHours / lifetimeHours,
                Duration.ofHours(leftHours).toSeconds(),
                (double) deviationHours / lifetimeHours);

        var overdue = RULES.overdueLeft(Duration.ofHours(lifetimeHours), habit);

        assertEquals(overdueHours, Math.round(overdue.toMinutes() / 60.0), overdue.toString());
    }

    @Test
    void theFindingSaysWhatIsUsualAndWhatIsLeft() {
        var end = START.plus(Duration.ofDays(90));
        var habit =
                new RenewalHabit(3, 0.3331, Duration.ofDays(30).minusHours(7).toSeconds(), 0.001);

        assertEquals(Optional.empty(), RULES.judge(START, end, habit, end.minus(Duration.ofDays(26))));
        assertEquals(
                new Defect(
                        FindingCode.RENEWAL_OVERDUE,
                        Status.WARNING,
                        "The certificate should have been renewed by now, with 25 days left: the last 3 times it was "
                                + "renewed about 30 days before its end. See why the renewal has not run."),
                RULES.judge(START, end, habit, end.minus(Duration.ofDays(25))).orElseThrow());
        assertEquals(Optional.empty(), RULES.judge(START, end, habit, end.plusSeconds(1)), "it has expired");
        assertEquals(Optional.empty(), RULES.judge(end, START, habit, START), "such certificates exist");
    }

    @Provide
    Arbitrary<Duration> lifetimes() {
        return Arbitraries.of(
                Duration.ofHours(160),
                Duration.ofDays(45),
                Duration.ofDays(47),
                Duration.ofDays(90),
                Duration.ofDays(100),
                Duration.ofDays(200),
                Duration.ofDays(398));
    }

    /** The whole way: checks at their cadence, a history, what is learned from it, and the next check judged by that. */
    @Property(tries = 300)
    void nothingIsRaisedWhileRenewalsAreRegularWithinTheirJitter(
            @ForAll("lifetimes") Duration lifetime,
            @ForAll @DoubleRange(min = 0.2, max = 0.7) double share,
            @ForAll @DoubleRange(min = 0, max = 0.04) double jitter,
            @ForAll @IntRange(max = 59) int minute,
            @ForAll long seed) {
        var host = new Host(lifetime, share, jitter, new Random(seed), minute);

        for (int renewals = 0; renewals < 8; renewals++) {
            assertEquals(Optional.empty(), host.checkUntilRenewal(), "after " + renewals + " renewals");
        }
    }

    @Property(tries = 300)
    void itIsRaisedBeforeTheEndIsCriticalWhenRenewalsStop(
            @ForAll("lifetimes") Duration lifetime,
            @ForAll @DoubleRange(min = 0.2, max = 0.7) double share,
            @ForAll @DoubleRange(min = 0, max = 0.01) double jitter,
            @ForAll @IntRange(min = 3, max = 8) int renewals,
            @ForAll long seed) {
        var host = new Host(lifetime, share, jitter, new Random(seed), 0);
        for (int i = 0; i < renewals; i++) {
            host.checkUntilRenewal();
        }

        host.stopsRenewing();
        var raised = host.checkUntilRenewal();

        assertTrue(raised.isPresent());
        assertEquals(
                true,
                ExpiryThresholds.STANDARD.level(host.begin, host.end(), raised.get()) != Status.CRITICAL,
                () -> Duration.between(raised.get(), host.end()) + " before the end");
    }

    /** The first renewals of a target, and one that is early or late among many, raise nothing false. */
    @Property(tries = 300)
    void oneRenewalOutOfTurnChangesNothing(
            @ForAll("lifetimes") Duration lifetime, @ForAll @DoubleRange(min = 0.11, max = 0.7) double outOfTurn) {
        var host = new Host(lifetime, 1 / 3.0, 0, new Random(0), 0);
        for (int i = 0; i < 4; i++) {
            host.checkUntilRenewal();
        }
        host.renewsWith(outOfTurn);
        host.checkUntilRenewal();
        host.renewsWith(1 / 3.0);
        for (int i = 0; i < 6; i++) {
            assertEquals(Optional.empty(), host.checkUntilRenewal());
        }
        host.stopsRenewing();
        assertTrue(host.checkUntilRenewal().isPresent());
    }

    /** A host that is checked and renews its certificate. */
    private static final class Host {
        private final Duration lifetime;
        private final double jitter;
        private final Random random;
        private final Duration cadence;
        private LeafHistory history = LeafHistory.NONE;
        private double share;
        private Instant begin = START;
        private Instant now;

        Host(Duration lifetime, double share, double jitter, Random random, int minute) {
            this.lifetime = lifetime;
            this.share = share;
            this.jitter = jitter;
            this.random = random;
            this.cadence = Duration.ofMinutes(Cadence.of(Status.OK, lifetime).minutes());
            this.now = START.plus(Duration.ofMinutes(minute));
        }

        Instant end() {
            return begin.plus(lifetime).minusSeconds(1);
        }

        void renewsWith(double other) {
            share = other;
        }

        void stopsRenewing() {
            share = -1;
        }

        /** When it was first raised, if it was before the renewal or the end. */
        Optional<Instant> checkUntilRenewal() {
            var left = lifetime.toSeconds() * (share - jitter * random.nextDouble());
            var renewal = end().minusSeconds((long) left);
            var habit = RenewalHabit.of(history);
            var first = now;
            Optional<Instant> raised = Optional.empty();
            for (; now.isBefore(renewal) && now.isBefore(end()); now = now.plus(cadence)) {
                var at = now;
                if (raised.isEmpty()
                        && habit.flatMap(one -> RULES.judge(begin, end(), one, at))
                                .isPresent()) {
                    raised = Optional.of(now);
                }
            }
            history = history.with(report(), first, now.minus(cadence));
            begin = renewal;
            // The new leaf is in the history from its first check on.
            history = history.with(report(), now);
            return raised;
        }

        private CertificateReport report() {
            return new CertificateReport(
                    "CN=a", "CN=R12,O=LE", "01", begin, end(), List.of("a"), 0, "EC P-256", "x", begin.toString());
        }
    }
}

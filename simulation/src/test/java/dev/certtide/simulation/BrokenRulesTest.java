package dev.certtide.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.QuietHours;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each broken rule is caught by the invariant that it breaks: somebody meddles with what is told, or with a policy. */
class BrokenRulesTest {
    private static final int MOST_SEEDS = 40;

    /** Everybody has wishes of many kinds, and nothing else goes wrong. */
    private static final Scale WISHES = new Scale(
            Scale.USUAL.hosts(),
            Scale.USUAL.owners(),
            Scale.USUAL.watches(),
            Scale.USUAL.days(),
            Deployment.Trouble.NONE,
            2,
            false);

    @Test
    void aRecoveryThatIsNotToldIsMissed() {
        var violation = caught(Scale.THIN, without(Kind.RECOVERED), policy -> policy);
        assertEquals(Orderly.ENDS, violation.invariant());
        assertTrue(violation.getMessage().contains("-Dcerttide.simulation.seed="), violation.getMessage());
        assertTrue(violation.getMessage().contains("TOLD opened:"), violation.getMessage());
    }

    @Test
    void whatIsToldAgainUnderAnotherKeyIsNoticed() {
        Wire.Tap twice = bodies -> bodies.stream()
                .flatMap(body -> Stream.of(body, withKey(body, read(body).key() + "-again")))
                .toList();
        assertEquals(Orderly.ONCE, caught(Scale.THIN, twice, policy -> policy).invariant());
    }

    @Test
    void aCertificateThatEndsWithoutACriticalIsNoticed() {
        assertEquals(
                Warned.WARNED,
                caught(Scale.THIN, without(Kind.CHANGED), policy -> policy).invariant());
    }

    @Test
    void quietHoursByAnotherClockAreNoticed() {
        assertEquals(Quiet.QUIET, caught(WISHES, bodies -> bodies, BrokenRulesTest::elsewhere).invariant());
    }

    @Test
    void aStormIsNoticed() {
        assertEquals(Storms.STORMS, caught(WISHES, bodies -> bodies, BrokenRulesTest::moreAtOnce).invariant());
    }

    /** The violation of the first seed that has one. */
    private static Violation caught(Scale scale, Wire.Tap meddling, UnaryOperator<Policy> tampering) {
        return LongStream.rangeClosed(1, MOST_SEEDS)
                .mapToObj(seed -> violation(new Simulation(seed, scale, meddling, tampering)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Violation> violation(Simulation simulation) {
        try {
            simulation.run();
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(violation);
        }
    }

    private static Wire.Tap without(Kind kind) {
        return bodies -> bodies.stream().filter(body -> read(body).kind() != kind).toList();
    }

    private static Notification read(String body) {
        return CloudEvent.read(Notification.class, body).data();
    }

    private static String withKey(String body, String key) {
        return body.replace("\"key\":\"" + read(body).key() + "\"", "\"key\":\"" + key + "\"");
    }

    private static Policy elsewhere(Policy policy) {
        return new Policy(
                policy.profile(),
                policy.warning(),
                policy.critical(),
                policy.ignore(),
                policy.remindEvery(),
                policy.escalation(),
                policy.quietHours().stream()
                        .map(hours -> new QuietHours(
                                hours.days(), hours.from(), hours.to(), ZoneOffset.ofHours(-9), hours.except()))
                        .toList(),
                policy.maintenance(),
                policy.digest(),
                policy.levels(),
                policy.mostAtOnce());
    }

    private static Policy moreAtOnce(Policy policy) {
        return new Policy(
                policy.profile(),
                policy.warning(),
                policy.critical(),
                policy.ignore(),
                policy.remindEvery(),
                policy.escalation(),
                policy.quietHours(),
                policy.maintenance(),
                policy.digest(),
                policy.levels(),
                policy.mostAtOnce().map(_ -> Policy.GREATEST_AT_ONCE));
    }
}

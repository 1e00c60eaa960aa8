package dev.certtide.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.FindingCode;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.QuietHours;
import java.time.ZoneId;
import java.util.List;
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
                .flatMap(body -> Stream.of(body, later(withKey(body, read(body).key() + "-again"))))
                .toList();
        assertEquals(Orderly.ONCE, caught(Scale.THIN, twice, policy -> policy).invariant());
    }

    @Test
    void aCertificateThatEndsWithoutACriticalIsNoticed() {
        assertEquals(
                Warned.WARNED,
                caught(Scale.THIN, without(Kind.CHANGED), policy -> policy).invariant());
    }

    /** As it was once: it was critical already. */
    @Test
    void aCertificateThatEndsInSilenceIsNoticed() {
        Wire.Tap silence = bodies -> bodies.stream()
                .filter(body -> read(body).kind() != Kind.CHANGED
                        || read(body).findings().stream().noneMatch(finding -> finding.code() == FindingCode.EXPIRED))
                .toList();
        assertEquals(Ended.TOLD, caught(Scale.THIN, silence, policy -> policy).invariant());
    }

    @Test
    void quietHoursByAnotherClockAreNoticed() {
        assertEquals(
                Quiet.QUIET,
                caught(WISHES, bodies -> bodies, BrokenRulesTest::elsewhere).invariant());
    }

    @Test
    void aStormIsNoticed() {
        assertEquals(
                Storms.STORMS,
                caught(WISHES, bodies -> bodies, BrokenRulesTest::moreAtOnce).invariant());
    }

    @Test
    void twoMessagesAtOnceAreNoticed() {
        Wire.Tap both = bodies -> bodies.stream()
                .flatMap(body -> read(body).kind() == Kind.CHANGED ? Stream.of(body, reminder(body)) : Stream.of(body))
                .toList();
        assertEquals(Instants.ONE, caught(Scale.THIN, both, policy -> policy).invariant());
    }

    @Test
    void aPagerThatIsToldAgainThatSomebodyIsAtItIsNoticed() {
        Wire.Tap twice = bodies -> bodies.stream()
                .flatMap(body -> read(body).kind() == Kind.ACKNOWLEDGED
                        ? Stream.of(body, later(withKey(body, read(body).key() + "-again")))
                        : Stream.of(body))
                .toList();
        assertEquals(
                Orderly.PAGERS, caught(Scale.USUAL, twice, policy -> policy).invariant());
    }

    /** As it was once: whoever is told the same tells it a second time for another. */
    @Test
    void aFallbackThatTellsWhatItsChannelKnowsIsNoticed() {
        Wire.Tap allAreFallbacks = bodies -> bodies.stream()
                .map(body -> body.replace("\"fallbacks\":", "\"none\":").replace("\"alsoTold\":", "\"fallbacks\":"))
                .toList();
        assertEquals(
                Post.NOT_TWICE,
                caught(Scale.SMALL, allAreFallbacks, policy -> policy).invariant());
    }

    @Test
    void aBrokenChannelThatIsToldOfWithEveryMessageIsNoticed() {
        Wire.Tap again = bodies -> bodies.stream()
                .flatMap(body -> read(body).kind() == Kind.CHANNEL_BROKEN
                        ? Stream.of(body, withKey(body, read(body).key() + "-again"))
                        : Stream.of(body))
                .toList();
        assertEquals(
                Post.BROKEN_ONCE,
                caught(Scale.SMALL, bodies -> bodies, again, policy -> policy).invariant());
    }

    @Test
    void whatIsNotPassedOnIsMissed() {
        assertEquals(
                Post.ARRIVES,
                caught(Scale.SMALL, bodies -> bodies, bodies -> List.of(), policy -> policy)
                        .invariant());
    }

    /** The violation of the first seed that has one. */
    private static Violation caught(Scale scale, Wire.Tap meddling, UnaryOperator<Policy> tampering) {
        return caught(scale, meddling, bodies -> bodies, tampering);
    }

    private static Violation caught(
            Scale scale, Wire.Tap meddling, Wire.Tap diverting, UnaryOperator<Policy> tampering) {
        return LongStream.rangeClosed(1, MOST_SEEDS)
                .mapToObj(seed -> violation(new Simulation(seed, scale, meddling, diverting, tampering)))
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
        return bodies ->
                bodies.stream().filter(body -> read(body).kind() != kind).toList();
    }

    private static Notification read(String body) {
        return CloudEvent.read(Notification.class, body).data();
    }

    private static String withKey(String body, String key) {
        return body.replace("\"key\":\"" + read(body).key() + "\"", "\"key\":\"" + key + "\"");
    }

    private static String reminder(String body) {
        return withKey(body, read(body).key() + "-reminder").replace("\"kind\":\"changed\"", "\"kind\":\"reminder\"");
    }

    private static String later(String body) {
        var at = read(body).at();
        return body.replace("\"at\":\"" + at + "\"", "\"at\":\"" + at.plusMillis(1) + "\"");
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
                                hours.days(), hours.from(), hours.to(), ZoneId.of("Pacific/Honolulu"), hours.except()))
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

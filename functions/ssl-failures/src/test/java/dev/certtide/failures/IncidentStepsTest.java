package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.SHOP;
import static dev.certtide.failures.Samples.minute;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.certtide.failures.IncidentSteps.Change;
import dev.certtide.model.Channel;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.incident.Incident.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncidentStepsTest {
    private static final Cause SHARED = Cause.intermediate(Samples.leaf(Duration.ofDays(9)));
    private static final Target OTHER = Target.parse("other.example");

    @Test
    void theSameSightOpensTheSameIncident() {
        assertEquals(after(Cause.of(SHOP), seen(WARNING, 1)), after(Cause.of(SHOP), seen(WARNING, 1)));
        assertFalse(after(Cause.of(SHOP), seen(WARNING, 1))
                .id()
                .equals(after(Cause.of(SHOP), seen(WARNING, 2)).id()));
    }

    @Test
    void anIncidentOfOneTargetIsAsBadAsItsNewestResult() {
        assertEquals(
                WARNING,
                after(Cause.of(SHOP), seen(CRITICAL, 1), seen(WARNING, 2)).level());
    }

    @Test
    void anIncidentOfManyTargetsIsAsBadAsTheWorstAndHeardOfByAll() {
        var incident = after(
                SHARED,
                new Change.Seen(SHOP, CRITICAL, List.of(), Optional.empty(), List.of(MAIL), minute(1)),
                new Change.Seen(OTHER, WARNING, List.of(), Optional.empty(), List.of(HOOK), minute(2)));

        assertEquals(CRITICAL, incident.level());
        assertEquals(SHOP, incident.target());
        assertEquals(List.of(MAIL, HOOK), incident.channels());
    }

    @Test
    void theChannelsOfOneTargetAreThoseOfItsWatchNow() {
        var incident = after(
                Cause.of(SHOP),
                new Change.Seen(SHOP, CRITICAL, List.of(), Optional.empty(), List.of(MAIL), minute(1)),
                new Change.Seen(SHOP, CRITICAL, List.of(), Optional.empty(), List.<Channel>of(HOOK), minute(1)));

        assertEquals(List.of(HOOK), incident.channels());
    }

    @Test
    void whatGetsWorseIsOpenAgain() {
        var acknowledged = after(Cause.of(SHOP), seen(WARNING, 1), said(Answer.Kind.ACKNOWLEDGED, 2));
        var same = after(Cause.of(SHOP), seen(WARNING, 1), said(Answer.Kind.ACKNOWLEDGED, 2), seen(WARNING, 3));
        var worse = after(Cause.of(SHOP), seen(WARNING, 1), said(Answer.Kind.ACKNOWLEDGED, 2), seen(CRITICAL, 3));

        assertEquals(State.ACKNOWLEDGED, acknowledged.state(minute(9)));
        assertEquals(State.ACKNOWLEDGED, same.state(minute(9)));
        assertEquals(State.OPEN, worse.state(minute(9)));
    }

    @Test
    void ofTwoAnswersTheNewerCountsInWhicheverOrderTheyCome() {
        var inOrder = after(
                Cause.of(SHOP), seen(WARNING, 1), said(Answer.Kind.SNOOZED, 2), said(Answer.Kind.ACKNOWLEDGED, 3));
        var late = after(
                Cause.of(SHOP), seen(WARNING, 1), said(Answer.Kind.ACKNOWLEDGED, 3), said(Answer.Kind.SNOOZED, 2));

        assertEquals(inOrder, late);
        assertEquals(State.ACKNOWLEDGED, late.state(minute(4)));
    }

    @Test
    void aSnoozeThatHasEndedIsOpen() {
        var snoozed = after(Cause.of(SHOP), seen(WARNING, 1), said(Answer.Kind.SNOOZED, 2));

        assertEquals(State.SNOOZED, snoozed.state(minute(11)));
        assertEquals(State.OPEN, snoozed.state(minute(12)));
    }

    @Test
    void anAnswerToWhatIsOverSaysNothing() {
        var over = after(Cause.of(SHOP), seen(WARNING, 1), gone(2));

        assertEquals(over, next(Optional.of(over), said(Answer.Kind.ACKNOWLEDGED, 3)));
    }

    @Test
    void anAnswerToTheTroubleBeforeSaysNothing() {
        var again = after(Cause.of(SHOP), seen(WARNING, 1), gone(2), seen(WARNING, 5));

        assertEquals(again, next(Optional.of(again), said(Answer.Kind.ACKNOWLEDGED, 3)));
        assertEquals(minute(5), again.since());
    }

    @Test
    void onlyWhatIsOverCanBeClosed() {
        assertFalse(after(Cause.of(SHOP), seen(WARNING, 1), new Change.Closed()).isClosed());
    }

    @Test
    void whatWasNotThereDoesNotEnd() {
        assertEquals(Optional.empty(), IncidentSteps.next(Optional.empty(), JANE, Cause.of(SHOP), gone(1)));
    }

    private static Change seen(Status level, int minute) {
        return new Change.Seen(SHOP, level, List.of(), Optional.empty(), List.of(MAIL), minute(minute));
    }

    private static Change gone(int minute) {
        return new Change.Gone(false, Optional.empty(), minute(minute));
    }

    private static Change said(Answer.Kind kind, int minute) {
        return new Change.Answered(
                new Answer(kind, minute(minute), Optional.empty(), Optional.of(minute(minute + 10))));
    }

    private static Incident after(Cause cause, Change... changes) {
        Optional<Incident> incident = Optional.empty();
        for (var change : changes) {
            incident = IncidentSteps.next(incident, JANE, cause, change);
        }
        return incident.orElseThrow();
    }

    private static Incident next(Optional<Incident> incident, Change change) {
        return IncidentSteps.next(incident, JANE, Cause.of(SHOP), change).orElseThrow();
    }
}

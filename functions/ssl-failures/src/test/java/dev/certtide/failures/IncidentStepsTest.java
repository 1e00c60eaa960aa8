package dev.certtide.failures;

import static dev.certtide.failures.Samples.incidentAfter;
import static dev.certtide.failures.Samples.minute;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.OK;
import static dev.certtide.model.Status.UNREACHABLE;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Incident;
import dev.certtide.model.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class IncidentStepsTest {
    @Test
    void aGoodResultOpensNothing() {
        assertEquals(Optional.empty(), IncidentSteps.next(Optional.empty(), result(OK, 0)));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "OK")
    void aBadResultOpensAnIncident(Status status) {
        var incident = IncidentSteps.next(Optional.empty(), result(status, 7)).orElseThrow();
        assertTrue(incident.isOpen());
        assertEquals(status, incident.level());
        assertEquals(minute(7), incident.openedAt());
        assertEquals(minute(7), incident.lastResultAt());
        assertEquals(result(status, 7).verdict().findings(), incident.findings());
        assertEquals(result(status, 7).leaf(), incident.leaf());
    }

    @Test
    void theNextBadResultGoesOnWithTheSameIncident() {
        var first = incidentAfter(WARNING).orElseThrow();
        var second = incidentAfter(WARNING, CRITICAL).orElseThrow();
        assertEquals(first.id(), second.id());
        assertEquals(minute(0), second.openedAt());
        assertEquals(minute(1), second.lastResultAt());
        assertEquals(CRITICAL, second.level());
    }

    @Test
    void aGoodResultResolvesAndKeepsTheLevelThatWas() {
        var resolved = incidentAfter(WARNING, CRITICAL, OK).orElseThrow();
        assertFalse(resolved.isOpen());
        assertEquals(Optional.of(minute(2)), resolved.resolvedAt());
        assertEquals(CRITICAL, resolved.level());
        assertEquals(List.of(), resolved.findings());
        assertEquals(result(OK, 2).leaf(), resolved.leaf());
    }

    @Test
    void troubleAfterARecoveryIsAnotherIncident() {
        var first = incidentAfter(WARNING, OK).orElseThrow();
        var second = incidentAfter(WARNING, OK, WARNING).orElseThrow();
        assertNotEquals(first.id(), second.id());
        assertTrue(second.isOpen());
        assertEquals(minute(2), second.openedAt());
    }

    @ParameterizedTest
    @EnumSource
    void aResultThatComesAgainGivesTheSameIncident(Status status) {
        for (var before : List.of(incidentAfter(), incidentAfter(CRITICAL), incidentAfter(CRITICAL, OK))) {
            var result = result(status, 9);
            var once = IncidentSteps.next(before, result);
            var after = once.or(() -> before);
            assertEquals(after, IncidentSteps.next(after, result).or(() -> after));
            assertEquals(once, IncidentSteps.next(before, result));
        }
    }

    @Test
    void theResultThatResolvedComesAgainSoThatTheRecoveryCanBeTold() {
        var resolved = incidentAfter(CRITICAL, OK);
        assertEquals(resolved, IncidentSteps.next(resolved, result(OK, 1)));
    }

    @ParameterizedTest
    @EnumSource
    void anOlderResultChangesNothing(Status status) {
        for (var incident : List.of(incidentAfter(OK, CRITICAL), incidentAfter(CRITICAL, OK))) {
            assertEquals(Optional.<Incident>empty(), IncidentSteps.next(incident, result(status, 0)));
        }
    }

    @Test
    void furtherGoodResultsChangeNothing() {
        var resolved = incidentAfter(CRITICAL, OK);
        assertEquals(Optional.empty(), IncidentSteps.next(resolved, result(OK, 5)));
    }

    @Test
    void anUnreachableTargetHasAnIncidentWithoutCertificate() {
        var incident = incidentAfter(WARNING, UNREACHABLE).orElseThrow();
        assertEquals(UNREACHABLE, incident.level());
        assertEquals(Optional.empty(), incident.leaf());
    }
}

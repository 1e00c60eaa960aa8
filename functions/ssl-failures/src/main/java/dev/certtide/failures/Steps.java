package dev.certtide.failures;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * The steps by which trouble gets worse, as the ledger names them. A certificate that has expired is a step after one that
 * is about to: both are critical, but whoever knows the one does not know the other. Pure.
 */
final class Steps {
    /** It is critical, and the certificate has expired. */
    static final String EXPIRED = "expired";

    private static final String ESCALATED = "escalated-";

    private Steps() {}

    /** How bad it is now. */
    static String of(Incident incident) {
        boolean isExpired = incident.level() == Status.CRITICAL && isExpired(incident.findings());
        return isExpired ? EXPIRED : incident.level().word();
    }

    /** That others are told how bad it is. */
    static String escalated(Incident incident) {
        return ESCALATED + of(incident);
    }

    static boolean isExpired(Collection<Finding> findings) {
        return findings.stream()
                .anyMatch(finding -> finding.code() == FindingCode.EXPIRED && finding.severity() == Status.CRITICAL);
    }

    /**
     * Whether who was told one step knows another: of what has expired, that it is critical; and by an escalation, how bad it
     * is.
     */
    static boolean says(String told, String step) {
        return Stream.of(step, ESCALATED + step)
                .flatMap(one -> Stream.of(one, one.replace(Status.CRITICAL.word(), EXPIRED)))
                .anyMatch(told::equals);
    }

    /** How bad it is, to be compared with what was told. */
    static int gravity(Incident incident) {
        return gravity(of(incident), incident.level());
    }

    /** How bad it was said to be. */
    static int gravity(Decision told) {
        return gravity(told.step(), told.status());
    }

    private static int gravity(String step, Status status) {
        return IncidentSteps.gravity(status) + (step.endsWith(EXPIRED) ? 1 : 0);
    }
}

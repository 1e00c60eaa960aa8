package dev.certtide.failures;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.incident.Standing.Suspicion;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a target's standing goes on when a result comes in. Pure: the same standing and result give the same step. */
final class StandingSteps {
    /** A renewal takes its time to get to all addresses of a name. */
    static final Duration GRACE = Duration.ofHours(4);

    private StandingSteps() {}

    /**
     * The standing after {@code result}, or empty when the result is older than what is known.
     *
     * <p>The newest {@code checkedAt} wins, since results come twice and out of order. A result that comes again gives
     * the standing that it gave before.
     *
     * @param pause how long the next try is waited for. What is asked for twice comes twice: a result that follows
     *     another sooner than after half of it is no try
     */
    static Optional<Standing> next(Optional<Standing> current, CheckResult result, Duration pause) {
        var isLate = current.map(Standing::lastResultAt).filter(result.checkedAt()::isBefore);
        if (isLate.isPresent()) {
            return Optional.empty();
        }
        var isAgain = current.map(Standing::lastResultAt).filter(result.checkedAt()::equals);
        return isAgain.isPresent() ? current : Optional.of(step(current, result, pause));
    }

    private static Standing step(Optional<Standing> current, CheckResult result, Duration pause) {
        if (!isFleeting(result)
                || current.filter(known -> isConfirmed(known, result)).isPresent()) {
            return certain(current, result);
        }
        var suspicion = suspicion(current, result, pause);
        return isOver(suspicion, result)
                ? certain(current, result, suspicion.since())
                : uncertain(current, result, suspicion);
    }

    /** Whether what a result says may be gone a minute later. */
    private static boolean isFleeting(CheckResult result) {
        return result.status() == Status.UNREACHABLE || isSplitOnly(result);
    }

    private static boolean isSplitOnly(CheckResult result) {
        var serious = result.findings().stream()
                .filter(finding -> finding.severity() != Status.OK)
                .toList();
        return !serious.isEmpty() && serious.stream().allMatch(finding -> finding.code() == FindingCode.SPLIT_FLEET);
    }

    /** Whether it is certain already. */
    private static boolean isConfirmed(Standing known, CheckResult result) {
        return result.status() == Status.UNREACHABLE
                ? known.status() == Status.UNREACHABLE
                : known.findings().stream().anyMatch(finding -> finding.code() == FindingCode.SPLIT_FLEET);
    }

    private static Suspicion suspicion(Optional<Standing> current, CheckResult result, Duration pause) {
        return current.flatMap(Standing::suspicion)
                .filter(known -> known.status() == result.status())
                .map(known -> isTry(known, result, pause) ? known.again(result.checkedAt()) : known)
                .orElseGet(() -> new Suspicion(result.status(), result.checkedAt()));
    }

    private static boolean isTry(Suspicion known, CheckResult result, Duration pause) {
        return !result.checkedAt().isBefore(known.lastTry().plus(pause.dividedBy(2)));
    }

    private static boolean isOver(Suspicion suspicion, CheckResult result) {
        return suspicion.status() == Status.UNREACHABLE
                ? suspicion.tries() >= Standing.TRIES
                : !result.checkedAt().isBefore(suspicion.since().plus(GRACE));
    }

    private static Standing certain(Optional<Standing> current, CheckResult result) {
        return certain(current, result, result.checkedAt());
    }

    private static Standing certain(Optional<Standing> current, CheckResult result, Instant from) {
        var goesOn = current.filter(known -> (known.status() == Status.OK) == (result.status() == Status.OK));
        var since = goesOn.map(Standing::since).orElse(from);
        var next = new Standing(
                id(current, result),
                result.target(),
                result.status(),
                since,
                result.checkedAt(),
                result.findings(),
                result.newestLeaf(),
                issuers(result)
                        .min(Comparator.comparing(CertificateReport::notAfter))
                        .map(Cause::intermediate),
                ends(result).map(CertificateReport::issuer).findFirst().map(Cause::authority),
                Optional.empty());
        return with(next, Beginnings.after(goesOn, next, from), ofOlder(result));
    }

    /** None named are all addresses. */
    private static List<Finding> ofOlder(CheckResult result) {
        var newest = result.newestLeaf();
        var older = result.addresses().stream()
                .filter(address -> !address.chain().isEmpty()
                        && !newest.equals(Optional.of(address.chain().getFirst())))
                .map(AddressReport::address)
                .toList();
        return result.findings().stream()
                .filter(finding -> finding.code() == FindingCode.EXPIRING)
                .filter(finding -> finding.addresses().isEmpty()
                        ? !older.isEmpty()
                        : finding.addresses().stream().anyMatch(older::contains))
                .toList();
    }

    private static Standing with(Standing standing, Optional<Standing.Beginnings> beginnings, List<Finding> ofOlder) {
        return new Standing(
                standing.id(),
                standing.target(),
                standing.status(),
                standing.since(),
                standing.lastResultAt(),
                standing.findings(),
                standing.leaf(),
                standing.intermediate(),
                standing.authority(),
                standing.suspicion(),
                beginnings,
                ofOlder);
    }

    private static Standing uncertain(Optional<Standing> current, CheckResult result, Suspicion suspicion) {
        return current.map(known -> new Standing(
                        id(current, result),
                        known.target(),
                        known.status(),
                        known.since(),
                        result.checkedAt(),
                        known.findings(),
                        known.leaf(),
                        known.intermediate(),
                        known.authority(),
                        Optional.of(suspicion),
                        known.beginnings(),
                        known.ofOlder()))
                .orElseGet(() -> new Standing(
                        id(current, result),
                        result.target(),
                        Status.OK,
                        result.checkedAt(),
                        result.checkedAt(),
                        List.of(),
                        result.newestLeaf(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(suspicion)));
    }

    private static Stream<CertificateReport> issuers(CheckResult result) {
        return chains(result).flatMap(chain -> chain.stream().skip(1));
    }

    private static Stream<CertificateReport> ends(CheckResult result) {
        return chains(result).map(List::getLast);
    }

    private static Stream<List<CertificateReport>> chains(CheckResult result) {
        return result.addresses().stream().map(AddressReport::chain).filter(chain -> !chain.isEmpty());
    }

    /** Another one when trouble begins, made from the result that begins it: delivered twice, it begins the same. */
    private static String id(Optional<Standing> current, CheckResult result) {
        return current.filter(known -> !known.isWell() || result.status() == Status.OK)
                .map(Standing::id)
                .orElseGet(() -> Fingerprint.shortOf(result.target().id() + " " + result.checkedAt()));
    }
}

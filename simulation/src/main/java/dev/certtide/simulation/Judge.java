package dev.certtide.simulation;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a check of a host comes to, as the probe would have it (docs/findings.md). */
final class Judge {
    private final Set<String> revoked;
    private final Set<String> distrusted;

    /**
     * @param revoked fingerprints of certificates, filled as time goes on
     * @param distrusted names of roots, likewise
     */
    Judge(Set<String> revoked, Set<String> distrusted) {
        this.revoked = revoked;
        this.distrusted = distrusted;
    }

    CheckResult check(Host host, Instant now) {
        var findings = host.isReachable() ? findings(host, now) : List.of(unreachable(host));
        var status = findings.stream()
                .map(Finding::severity)
                .max(Comparator.naturalOrder())
                .orElse(Status.OK);
        return new CheckResult(host.target(), now, new Verdict(status, findings), reports(host));
    }

    private static Finding unreachable(Host host) {
        return new Finding(
                FindingCode.CONNECTION_TIMEOUT,
                Status.UNREACHABLE,
                "Nobody answers; see whether the server runs.",
                host.addresses());
    }

    private List<Finding> findings(Host host, Instant now) {
        var all = IntStream.range(0, host.addresses().size())
                .mapToObj(host::served)
                .distinct()
                .toList();
        var findings = new ArrayList<Finding>();
        worst(all.stream().map(served -> ending(served.leaf(), now))).ifPresent(findings::add);
        if (all.stream().anyMatch(served -> revoked.contains(served.leaf().sha256()))) {
            findings.add(finding(FindingCode.REVOKED, Status.CRITICAL));
        }
        if (all.stream().anyMatch(served -> distrusted.contains(served.issuer().issuer()))) {
            findings.add(finding(FindingCode.DISTRUSTED_CA, Status.CRITICAL));
        }
        worst(all.stream().map(served -> endingIssuer(served.issuer(), now))).ifPresent(findings::add);
        if (all.size() > 1) {
            findings.add(finding(FindingCode.SPLIT_FLEET, Status.WARNING));
        }
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    private static Optional<Finding> worst(Stream<Optional<Finding>> findings) {
        return findings.flatMap(Optional::stream).max(Comparator.comparing(Finding::severity));
    }

    private static Optional<Finding> ending(CertificateReport leaf, Instant now) {
        if (!leaf.notAfter().isAfter(now)) {
            return Optional.of(finding(FindingCode.EXPIRED, Status.CRITICAL));
        }
        var left = Duration.between(now, leaf.notAfter());
        var margins = Margins.STANDARD;
        if (left.compareTo(margins.warning(leaf.lifetime())) > 0) {
            return Optional.empty();
        }
        boolean isCritical = left.compareTo(margins.critical(leaf.lifetime())) <= 0;
        return Optional.of(finding(FindingCode.EXPIRING, isCritical ? Status.CRITICAL : Status.WARNING));
    }

    private static Optional<Finding> endingIssuer(CertificateReport issuer, Instant now) {
        var days = Duration.between(now, issuer.notAfter()).toDays();
        if (days >= 30) {
            return Optional.empty();
        }
        return Optional.of(finding(FindingCode.INTERMEDIATE_EXPIRING, days < 7 ? Status.CRITICAL : Status.WARNING));
    }

    private static Finding finding(FindingCode code, Status severity) {
        return new Finding(code, severity, "It is " + code.code() + "; do something about it.", List.of());
    }

    private static List<AddressReport> reports(Host host) {
        return IntStream.range(0, host.addresses().size())
                .mapToObj(i -> new AddressReport(
                        host.addresses().get(i),
                        host.isReachable() ? "handshake-complete" : FindingCode.CONNECTION_TIMEOUT.code(),
                        Optional.empty(),
                        Optional.of("TLSv1.3").filter(_ -> host.isReachable()),
                        Optional.empty(),
                        host.isReachable()
                                ? List.of(host.served(i).leaf(), host.served(i).issuer())
                                : List.of(),
                        5))
                .toList();
    }
}

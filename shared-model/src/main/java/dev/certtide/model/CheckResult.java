package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One check of one target: the data of a {@code dev.certtide.ssl.checked.v1} event.
 *
 * @param target what was checked
 * @param checkedAt when the check began; of two results for a target the newer one wins
 * @param status what it came to
 * @param findings what was found, worst first
 * @param addresses what was seen on each address, empty when the name did not resolve to any that may be visited
 * @param omittedAddresses how many more addresses the name has, which were not visited; 0 or more
 * @param unfetched what certificates refer to and could not be had, at most {@value Unfetched#MOST}; changes no verdict
 */
@Json
public record CheckResult(
        Target target,
        Instant checkedAt,
        Status status,
        List<Finding> findings,
        List<AddressReport> addresses,
        int omittedAddresses,
        List<Unfetched> unfetched) {
    public CheckResult {
        Required.field("target", target);
        Required.field("checkedAt", checkedAt);
        Required.field("status", status);
        findings = List.copyOf(Required.field("findings", findings));
        addresses = List.copyOf(Required.field("addresses", addresses));
        unfetched = Required.orEmpty(unfetched);
    }

    /** The result of a check that came to {@code verdict}. */
    public CheckResult(
            Target target, Instant checkedAt, Verdict verdict, List<AddressReport> addresses, int omittedAddresses) {
        this(target, checkedAt, verdict.status(), verdict.findings(), addresses, omittedAddresses, List.of());
    }

    /** The result of a check that visited every address and came to {@code verdict}. */
    public CheckResult(Target target, Instant checkedAt, Verdict verdict, List<AddressReport> addresses) {
        this(target, checkedAt, verdict, addresses, 0);
    }

    /** The same result, telling what could not be fetched for it. */
    public CheckResult lacking(List<Unfetched> missing) {
        return new CheckResult(target, checkedAt, status, findings, addresses, omittedAddresses, missing);
    }

    /** The status together with the findings that it comes from. */
    public Verdict verdict() {
        return new Verdict(status, findings);
    }

    /** The first leaf that was seen on any address. */
    public Optional<CertificateReport> leaf() {
        return addresses.stream()
                .flatMap(address -> address.chain().stream().limit(1))
                .findFirst();
    }

    /**
     * Of the leaves that were seen on any address the newest: the one that was issued last. Unlike {@link #leaf}, it does
     * not change with the order of addresses while a renewal is on its way to all of them.
     */
    public Optional<CertificateReport> newestLeaf() {
        return addresses.stream()
                .flatMap(address -> address.chain().stream().limit(1))
                .max(Comparator.comparing(CertificateReport::notBefore)
                        .thenComparing(CertificateReport::notAfter)
                        .thenComparing(CertificateReport::sha256));
    }
}

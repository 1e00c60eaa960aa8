package dev.certtide.probe.judge;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.Known;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.trust.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges what a probe has seen: facts, trust anchors and an instant in, a verdict out. Immutable, and nothing is looked
 * up.
 *
 * <p>How bad an address is that cannot be reached depends on the others: a warning, if some address completed the
 * handshake; critical, if none did but a certificate was seen; unreachable, if none was.
 */
public final class Judge {
    /** More than anything real has; a server with eight addresses and a different mess on each could make hundreds. */
    private static final int MOST_FINDINGS = 40;

    private final ChainRules chainRules;
    private final StapleRules stapleRules;
    private final LeafRules leafRules;
    private final RenewalRules renewalRules;

    /**
     * @param anchors what is trusted
     * @param thresholds when a certificate's end is near
     */
    public Judge(TrustAnchors anchors, ExpiryThresholds thresholds) {
        // By the list that came with this program: a list of somebody's own may have private authorities in it.
        this(anchors, thresholds, new LifetimeRules(root -> TrustAnchors.ofMozilla()
                .contains(root)));
    }

    /** The same, with another idea of whose roots are public. */
    Judge(TrustAnchors anchors, ExpiryThresholds thresholds, LifetimeRules lifetimes) {
        this.chainRules = new ChainRules(anchors, thresholds, lifetimes);
        this.stapleRules = new StapleRules(anchors);
        this.leafRules = new LeafRules(thresholds);
        this.renewalRules = new RenewalRules(thresholds);
    }

    /**
     * The verdict on a target at {@code now}; findings are sorted, worst first.
     *
     * @param evidence what was fetched besides
     * @param known what earlier checks have taught
     */
    public Verdict judge(Target target, HostFacts facts, Evidence evidence, Known known, Instant now) {
        List<Finding> findings =
                switch (facts) {
                    case HostFacts.Unresolved(String reason) ->
                        List.of(ofHost(
                                FindingCode.DNS_FAILURE,
                                "The name " + target.host() + " could not be resolved: " + Wording.printable(reason)
                                        + ". Check that the domain is still registered, and its A and AAAA records."));
                    case HostFacts.Blocked(String reason) ->
                        List.of(ofHost(
                                FindingCode.ADDRESS_BLOCKED,
                                target.hostAndPort() + " is not checked: " + Wording.printable(reason)
                                        + ". Only public addresses and the usual TLS ports are."));
                    case HostFacts.Visited visited -> judgeAddresses(target, visited, evidence, known, now);
                };
        Status status = findings.stream().map(Finding::severity).reduce(Status.OK, Status::worse);
        return new Verdict(status, findings);
    }

    private List<Finding> judgeAddresses(
            Target target, HostFacts.Visited visited, Evidence evidence, Known known, Instant now) {
        List<AddressFacts> addresses = visited.addresses();
        Status unreached = severityOfUnreached(addresses);
        Map<List<X509Certificate>, List<Defect>> byChain = new LinkedHashMap<>();
        Map<Defect, List<String>> addressesByDefect = new LinkedHashMap<>();
        for (AddressFacts address : addresses) {
            Set<Defect> defects = new LinkedHashSet<>();
            if (!address.chain().isEmpty()) {
                // Most fleets send one chain from every address: it is judged once.
                defects.addAll(byChain.computeIfAbsent(
                        address.chain(), chain -> judgeChain(Optional.of(target.host()), chain, evidence, now)));
            }
            KeyUsageRules.judge(address).ifPresent(defects::add);
            stapleRules.judge(address, evidence, now).ifPresent(defects::add);
            defects.addAll(HandshakeRules.judge(target, address));
            UnreadableRules.judge(address).ifPresent(defects::add);
            if (!isForgivable(address.ending(), unreached)) {
                EndingRules.judge(target, address, unreached).ifPresent(defects::add);
            }
            for (Defect defect : defects) {
                addressesByDefect
                        .computeIfAbsent(defect, d -> new ArrayList<>())
                        .add(address.addressText());
            }
        }
        FleetRules.judge(visited)
                .ifPresent(defect -> addressesByDefect.put(
                        defect,
                        addresses.stream().map(AddressFacts::addressText).toList()));
        List<AddressFacts> newest = visited.withNewestLeaf();
        judgeHistory(newest, known, now)
                .forEach(defect -> addressesByDefect.put(
                        defect, newest.stream().map(AddressFacts::addressText).toList()));
        return addressesByDefect.entrySet().stream()
                .map(entry -> finding(entry.getKey(), entry.getValue()))
                .sorted(Finding.WORST_FIRST)
                .limit(MOST_FINDINGS)
                .toList();
    }

    /** Of the newest leaf only: where an older one is still served beside it, the renewal has been made. */
    private List<Defect> judgeHistory(List<AddressFacts> newest, Known known, Instant now) {
        if (newest.isEmpty()) {
            return List.of();
        }
        X509Certificate leaf = newest.getFirst().chain().getFirst();
        List<Defect> defects = new ArrayList<>();
        known.habit()
                .flatMap(habit -> renewalRules.judge(
                        leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant(), habit, now))
                .ifPresent(defects::add);
        ClientAuthRules.judge(newest.getFirst(), known).ifPresent(defects::add);
        return defects;
    }

    /** What is wrong with a chain; without a host, its names do not matter. */
    List<Defect> judgeChain(Optional<String> host, List<X509Certificate> chain, Evidence evidence, Instant instant) {
        // Certificates know whole seconds, and both ends are included: RFC 5280, 4.1.2.5.
        Instant now = instant.truncatedTo(ChronoUnit.SECONDS);
        List<Defect> defects = new ArrayList<>();
        X509Certificate leaf = chain.getFirst();
        leafRules.judgeDates(leaf, now).ifPresent(defects::add);
        host.flatMap(name -> leafRules.judgeNames(leaf, name)).ifPresent(defects::add);
        defects.addAll(chainRules.judge(chain, evidence, now));
        return defects;
    }

    private static Status severityOfUnreached(List<AddressFacts> addresses) {
        if (addresses.stream().anyMatch(address -> address.ending().isAnswered())) {
            return Status.WARNING;
        }
        return addresses.stream().anyMatch(AddressFacts::showedCertificate) ? Status.CRITICAL : Status.UNREACHABLE;
    }

    /** A family of addresses that this machine has no way to says nothing about a host that answers on the other. */
    private static boolean isForgivable(Ending ending, Status unreached) {
        return ending instanceof Ending.NoRoute && unreached != Status.UNREACHABLE;
    }

    private static Finding ofHost(FindingCode code, String detail) {
        return new Finding(code, Status.UNREACHABLE, detail, List.of());
    }

    private static Finding finding(Defect defect, List<String> addresses) {
        return new Finding(defect.code(), defect.severity(), defect.detail(), addresses);
    }
}

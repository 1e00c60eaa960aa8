package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.PathSearch;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.trust.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a path leads from the leaf to a trust anchor, and if not, what is in its way. The leaf's own dates are judged
 * elsewhere: paths are validated at an instant within the leaf's validity, or every expired certificate would be called
 * untrusted as well.
 *
 * <p>Two questions are kept apart. What clients of today refuse is critical. What only breaks a rule for issuers is one
 * finding, {@code non-compliant}, that is told and pages nobody.
 */
final class ChainRules {
    private final TrustAnchors anchors;
    private final ExpiryThresholds thresholds;
    private final DistrustRules distrust;
    private final LifetimeRules lifetimes;

    ChainRules(TrustAnchors anchors, ExpiryThresholds thresholds, LifetimeRules lifetimes) {
        this.anchors = anchors;
        this.thresholds = thresholds;
        this.distrust = new DistrustRules(anchors);
        this.lifetimes = lifetimes;
    }

    /** What is wrong with the chain, nothing if clients that trust the anchors accept it at {@code now}. */
    List<Defect> judge(List<X509Certificate> sent, Evidence evidence, Instant now) {
        X509Certificate leaf = sent.getFirst();
        List<Defect> defects = new ArrayList<>();
        KeyRules.weakness(leaf.getPublicKey())
                .ifPresent(weakness -> defects.add(
                        Defect.critical(FindingCode.WEAK_KEY, PathWording.weakKey("certificate", leaf, weakness))));
        if (!LeafPurpose.isForServers(leaf)) {
            defects.add(invalid("The certificate is not for servers: its extended key usage lacks serverAuth, or "
                    + "cannot be read. Have one issued for a web server."));
            return defects;
        }
        if (anchors.contains(leaf)) {
            return defects;
        }
        if (Signatures.isSelfSigned(leaf)) {
            defects.add(Defect.critical(
                    FindingCode.SELF_SIGNED,
                    "The certificate of " + Wording.subject(leaf)
                            + " is signed by its own key, so no client trusts it. "
                            + "Install one from a certificate authority."));
            return defects;
        }
        KeyRules.weakSignature(leaf)
                .ifPresent(algorithm -> defects.add(Defect.critical(
                        FindingCode.WEAK_SIGNATURE, PathWording.weakSignature("certificate", leaf, algorithm))));
        defects.addAll(judgePaths(sent, evidence, now));
        return defects;
    }

    private List<Defect> judgePaths(List<X509Certificate> sent, Evidence evidence, Instant now) {
        Signatures signatures = new Signatures();
        PathSearch search = new PathSearch(sent, anchors::endsOfPathsWith, signatures);
        if (!search.paths().isEmpty()) {
            return judgePaths(search, sent, sent, evidence, now, signatures);
        }
        List<X509Certificate> known = MissingIssuers.and(sent, evidence);
        PathSearch wider =
                evidence.issuers().isEmpty() ? search : new PathSearch(known, anchors::endsOfPathsWith, signatures);
        WithoutPath withoutPath = new WithoutPath(anchors, search, wider, evidence);
        if (wider.paths().isEmpty()) {
            return List.of(withoutPath.defect());
        }
        List<Defect> defects = new ArrayList<>();
        defects.add(withoutPath
                .forgery()
                .orElseGet(() -> MissingIssuers.judge(wider.paths().getFirst(), sent, evidence)));
        defects.addAll(judgePaths(wider, sent, known, evidence, now, signatures));
        return defects;
    }

    /**
     * Judges what there are paths for.
     *
     * @param search has found at least one
     * @param known what was sent, and what was fetched besides
     */
    private List<Defect> judgePaths(
            PathSearch search,
            List<X509Certificate> sent,
            List<X509Certificate> known,
            Evidence evidence,
            Instant now,
            Signatures signatures) {
        Instant date = within(sent.getFirst(), now);
        List<Breach> ofLeaf = ComplianceRules.breachesOfLeaf(sent.getFirst());
        List<JudgedPath> paths = search.paths().stream()
                .map(path -> JudgedPath.of(path, sent, ofLeaf, date, signatures)
                        .refusedBecause(distrust.judge(path).filter(DistrustRules::isRefusal))
                        .refusedBecause(lifetimes.refusal(path))
                        .breaking(lifetimes.breach(path)))
                .sorted(JudgedPath.BEST_FIRST)
                .toList();
        // One good path is enough: clients look for one too.
        JudgedPath best = paths.getFirst();
        if (!best.isAccepted()) {
            return best.refusals();
        }
        List<Defect> defects = new ArrayList<>();
        distrustToCome(paths).ifPresent(defects::add);
        List<Path> accepted = paths.stream()
                .filter(JudgedPath::isAccepted)
                .map(JudgedPath::path)
                .toList();
        defects.addAll(new RevocationRules(evidence.lists(), known, now, signatures).judge(accepted));
        intermediateExpiring(paths, now).ifPresent(defects::add);
        if (!best.isInOrder()) {
            defects.add(outOfOrder(best.path(), sent));
        }
        if (!best.breaches().isEmpty()) {
            defects.add(Defect.informative(FindingCode.NON_COMPLIANT, PathWording.nonCompliant(best.breaches())));
        }
        return defects;
    }

    /** Only if every path that is accepted ends at a root that will not be for its renewal. */
    private Optional<Defect> distrustToCome(List<JudgedPath> paths) {
        List<Optional<Defect>> told = paths.stream()
                .filter(JudgedPath::isAccepted)
                .map(judged -> distrust.judge(judged.path()))
                .toList();
        return told.stream().allMatch(Optional::isPresent) ? told.getFirst() : Optional.empty();
    }

    /** Only if no path outlasts it, and the leaf does: the leaf's renewal would bring another intermediate anyway. */
    private Optional<Defect> intermediateExpiring(List<JudgedPath> paths, Instant now) {
        X509Certificate first = paths.stream()
                .filter(JudgedPath::isAccepted)
                .max(Comparator.comparing(JudgedPath::firstEnd))
                .orElseThrow()
                .firstToEnd();
        X509Certificate leaf = paths.getFirst().path().leaf();
        Instant end = first.getNotAfter().toInstant();
        Status level = thresholds.level(first.getNotBefore().toInstant(), end, now);
        if (level == Status.OK || now.isAfter(end) || !first.getNotAfter().before(leaf.getNotAfter())) {
            return Optional.empty();
        }
        return Optional.of(new Defect(
                FindingCode.INTERMEDIATE_EXPIRING,
                level,
                "The certificate of " + Wording.subject(first) + ", above the server's own, expires on "
                        + Wording.utc(end) + ", in " + Wording.span(Duration.between(now, end))
                        + ", before the server's own does. Have the server send the current intermediate."));
    }

    private static Defect outOfOrder(Path path, List<X509Certificate> sent) {
        return new Defect(
                FindingCode.CHAIN_OUT_OF_ORDER,
                Status.WARNING,
                "The server sends its "
                        + path.certificates().stream().filter(sent::contains).count()
                        + " certificates in the wrong order; browsers sort "
                        + "them, some small clients do not (RFC 5246, 7.4.2). Send its own first, then each one's issuer.");
    }

    private static Instant within(X509Certificate leaf, Instant now) {
        Instant notBefore = leaf.getNotBefore().toInstant();
        Instant notAfter = leaf.getNotAfter().toInstant();
        Instant begun = now.isBefore(notBefore) ? notBefore : now;
        return begun.isAfter(notAfter) ? notAfter : begun;
    }

    private static Defect invalid(String detail) {
        return Defect.critical(FindingCode.INVALID_CHAIN, detail);
    }
}

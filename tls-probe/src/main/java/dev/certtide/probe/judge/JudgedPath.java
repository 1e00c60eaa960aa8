package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.PathValidator;
import dev.certtide.probe.path.PolicyInputs;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.path.Violation;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A path, and what there is to say about it.
 *
 * @param path what is judged
 * @param refusals why clients of today refuse it; empty if they take it
 * @param breaches which rules it breaks that they do not enforce
 * @param isInOrder whether the server sent its certificates in this order
 */
record JudgedPath(Path path, List<Defect> refusals, List<Breach> breaches, boolean isInOrder) {
    /** The path that a client would use, had it the choice, comes first. */
    static final Comparator<JudgedPath> BEST_FIRST = Comparator.comparing(
                    (JudgedPath judged) -> judged.refusals().size())
            .thenComparing(judged -> judged.breaches().size())
            .thenComparing(judged -> !judged.isInOrder())
            .thenComparing(JudgedPath::firstEnd, Comparator.reverseOrder());

    JudgedPath {
        refusals = List.copyOf(refusals);
        breaches = List.copyOf(breaches);
    }

    /**
     * Judges a path at {@code date}.
     *
     * @param sent what the server sent, in its order
     * @param ofLeaf the rules that the leaf breaks, whichever the path
     */
    static JudgedPath of(
            Path path, List<X509Certificate> sent, List<Breach> ofLeaf, Instant date, Signatures signatures) {
        List<Defect> refusals = new ArrayList<>();
        for (Violation violation :
                PathValidator.violations(path, date, PathValidator.Anchor.CERTIFICATE, PolicyInputs.TLS, signatures)) {
            refusals.add(PathWording.defect(path, violation));
        }
        for (X509Certificate intermediate : path.intermediates()) {
            if (!LeafPurpose.isForServers(intermediate)) {
                refusals.add(Defect.critical(
                        FindingCode.INVALID_CHAIN,
                        "The intermediate " + Wording.subject(intermediate)
                                + " is not for servers: its extended key usage lacks serverAuth, or cannot be read. "
                                + "Have the certificate issued by one that is."));
            }
            KeyRules.weakSignature(intermediate)
                    .ifPresent(algorithm -> refusals.add(Defect.critical(
                            FindingCode.WEAK_SIGNATURE,
                            PathWording.weakSignature("intermediate", intermediate, algorithm))));
        }
        // A root's own signature proves nothing and does not matter; its key does.
        for (X509Certificate authority :
                path.withAnchor().subList(1, path.certificates().size() + 1)) {
            KeyRules.weakness(authority.getPublicKey())
                    .ifPresent(weakness -> refusals.add(Defect.critical(
                            FindingCode.WEAK_KEY,
                            PathWording.weakKey(
                                    authority.equals(path.anchor()) ? "root" : "intermediate", authority, weakness))));
        }
        List<Breach> breaches = new ArrayList<>(ofLeaf);
        breaches.addAll(ComplianceRules.breachesAboveLeaf(path));
        return new JudgedPath(path, refusals, breaches, isInOrder(path, sent));
    }

    /** The same, refused for one reason more. */
    JudgedPath refusedBecause(Optional<Defect> refusal) {
        if (refusal.isEmpty()) {
            return this;
        }
        List<Defect> more = new ArrayList<>(refusals);
        more.add(refusal.get());
        return new JudgedPath(path, more, breaches, isInOrder);
    }

    /** The same, breaking one rule more. */
    JudgedPath breaking(Optional<Breach> breach) {
        if (breach.isEmpty()) {
            return this;
        }
        List<Breach> more = new ArrayList<>(breaches);
        more.add(breach.get());
        return new JudgedPath(path, refusals, more, isInOrder);
    }

    boolean isAccepted() {
        return refusals.isEmpty();
    }

    /** When the first certificate above the leaf ends. */
    Instant firstEnd() {
        return firstToEnd().getNotAfter().toInstant();
    }

    X509Certificate firstToEnd() {
        List<X509Certificate> authorities =
                path.withAnchor().subList(1, path.certificates().size() + 1);
        return authorities.stream()
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow();
    }

    /** What was fetched has no place among what was sent, and does not count. */
    private static boolean isInOrder(Path path, List<X509Certificate> sent) {
        List<Integer> places = path.certificates().stream()
                .map(sent::indexOf)
                .filter(place -> place >= 0)
                .toList();
        return places.stream().sorted().toList().equals(places);
    }
}

package dev.certtide.probe.path;

import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;

/**
 * Looks for paths from a leaf to trust anchors over the certificates that a server sent, in whatever order they came:
 * each certificate's issuer by its name and by its signature. Dates and constraints are not its business.
 *
 * <p>A server may send dozens of certificates that all certify each other. Everything here is bounded, so that it costs
 * a fraction of a second at the worst; real servers stay far below.
 */
public final class PathSearch {
    private static final int LONGEST_PATH = 10;
    private static final int MOST_PATHS = 16;
    private static final int MOST_STEPS = 500;

    private final List<X509Certificate> sent;
    private final Function<X500Principal, List<X509Certificate>> anchors;
    private final Signatures signatures;
    private final List<Path> paths = new ArrayList<>();
    private List<X509Certificate> furthest = List.of();
    private Optional<Forgery> forgery = Optional.empty();
    private int steps;

    /** A certificate that names as its issuer what was sent, and is not signed by that one's key. */
    public record Forgery(X509Certificate certificate, X509Certificate namedIssuer) {}

    /**
     * Searches at once.
     *
     * @param sent the leaf, and in any order what may stand above it
     * @param anchors the trust anchors of a subject
     */
    public PathSearch(
            List<X509Certificate> sent, Function<X500Principal, List<X509Certificate>> anchors, Signatures signatures) {
        this.sent = List.copyOf(new LinkedHashSet<>(sent));
        this.anchors = anchors;
        this.signatures = signatures;
        extend(List.of(sent.getFirst()));
    }

    /** Every path to an anchor, as they were found. */
    public List<Path> paths() {
        return List.copyOf(paths);
    }

    /** The longest way up that was found, the leaf first; just the leaf, if nothing that was sent signed it. */
    public List<X509Certificate> furthest() {
        return furthest;
    }

    /** The first certificate found that nobody signed of those sent who bear its issuer's name. */
    public Optional<Forgery> forgery() {
        return forgery;
    }

    private void extend(List<X509Certificate> path) {
        if (++steps > MOST_STEPS || paths.size() >= MOST_PATHS) {
            return;
        }
        X509Certificate last = path.getLast();
        if (path.size() > furthest.size()) {
            furthest = List.copyOf(path);
        }
        for (X509Certificate anchor : anchors.apply(last.getIssuerX500Principal())) {
            if (isSigned(last, anchor)) {
                paths.add(new Path(path, anchor));
            }
        }
        List<X509Certificate> issuers = sentIssuersOf(last, Set.copyOf(path));
        List<X509Certificate> signers =
                issuers.stream().filter(issuer -> isSigned(last, issuer)).toList();
        if (signers.isEmpty() && !issuers.isEmpty() && forgery.isEmpty()) {
            forgery = Optional.of(new Forgery(last, issuers.getFirst()));
        }
        for (X509Certificate issuer : signers) {
            if (path.size() < LONGEST_PATH) {
                List<X509Certificate> longer = new ArrayList<>(path);
                longer.add(issuer);
                extend(longer);
            }
        }
    }

    private List<X509Certificate> sentIssuersOf(X509Certificate certificate, Set<X509Certificate> alreadyOnPath) {
        return sent.stream()
                .filter(issuer -> issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(issuer -> !alreadyOnPath.contains(issuer))
                // A root that is sent along and trusted is where paths end, not a step on a longer one.
                .filter(issuer ->
                        !anchors.apply(issuer.getSubjectX500Principal()).contains(issuer))
                // The likeliest first, so that the bounds keep nobody with a working chain from being found.
                .sorted(Comparator.comparing(
                                (X509Certificate issuer) -> !Extensions.keyIdentifiersAgree(certificate, issuer))
                        .thenComparing(X509Certificate::getNotAfter, Comparator.reverseOrder()))
                .toList();
    }

    private boolean isSigned(X509Certificate certificate, X509Certificate issuer) {
        // A DSA key that has its parameters from further up verifies nothing before the path to there is known.
        return issuer.getPublicKey() instanceof DSAPublicKey key && key.getParams() == null
                || signatures.verifies(certificate, issuer.getPublicKey());
    }
}

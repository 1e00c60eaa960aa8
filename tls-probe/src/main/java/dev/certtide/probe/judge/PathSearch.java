package dev.certtide.probe.judge;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for paths from a leaf to trust anchors over the certificates that a server sent, in whatever order they came:
 * each certificate's issuer by its name and by its signature. Dates and constraints are not its business.
 *
 * <p>A server may send dozens of certificates that all certify each other. Everything here is bounded, so that it costs
 * a fraction of a second at the worst; real servers stay far below.
 */
final class PathSearch {
    private static final int LONGEST_PATH = 10;
    private static final int MOST_PATHS = 16;
    private static final int MOST_STEPS = 500;
    private static final int MOST_SIGNATURES = 200;

    private final List<X509Certificate> sent;
    private final TrustAnchors anchors;
    private final Map<Signature, Boolean> verified = new HashMap<>();
    private final List<Path> paths = new ArrayList<>();
    private List<X509Certificate> furthest = List.of();
    private Optional<Forgery> forgery = Optional.empty();
    private int steps;

    /**
     * A path by names and signatures.
     *
     * @param certificates the leaf first, the anchor not included
     * @param anchor what the last one is signed by
     */
    record Path(List<X509Certificate> certificates, X509Certificate anchor) {
        Path {
            certificates = List.copyOf(certificates);
        }
    }

    /** A certificate that names as its issuer what was sent, and is not signed by that one's key. */
    record Forgery(X509Certificate certificate, X509Certificate namedIssuer) {}

    private record Signature(X509Certificate certificate, PublicKey key) {}

    /** Searches at once. The first of {@code sent} is the leaf. */
    PathSearch(List<X509Certificate> sent, TrustAnchors anchors) {
        this.sent = List.copyOf(new LinkedHashSet<>(sent));
        this.anchors = anchors;
        extend(List.of(sent.getFirst()));
    }

    /** Every path to an anchor, as they were found. */
    List<Path> paths() {
        return List.copyOf(paths);
    }

    /** The longest way up that was found, the leaf first; just the leaf, if nothing that was sent signed it. */
    List<X509Certificate> furthest() {
        return furthest;
    }

    /** The first signature found that does not fit the certificate it should be by. */
    Optional<Forgery> forgery() {
        return forgery;
    }

    /** Whether the certificate is signed by its own key, and so by nobody. */
    static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && verifies(certificate, certificate.getPublicKey());
    }

    private void extend(List<X509Certificate> path) {
        if (++steps > MOST_STEPS || paths.size() >= MOST_PATHS) {
            return;
        }
        X509Certificate last = path.getLast();
        if (path.size() > furthest.size()) {
            furthest = List.copyOf(path);
        }
        for (X509Certificate anchor : anchors.withSubject(last.getIssuerX500Principal())) {
            if (isSigned(last, anchor)) {
                paths.add(new Path(path, anchor));
            }
        }
        for (X509Certificate issuer : sentIssuersOf(last, Set.copyOf(path))) {
            boolean isSigned = isSigned(last, issuer);
            if (isSigned && path.size() < LONGEST_PATH) {
                List<X509Certificate> longer = new ArrayList<>(path);
                longer.add(issuer);
                extend(longer);
            } else if (!isSigned && forgery.isEmpty()) {
                forgery = Optional.of(new Forgery(last, issuer));
            }
        }
    }

    private List<X509Certificate> sentIssuersOf(X509Certificate certificate, Set<X509Certificate> alreadyOnPath) {
        return sent.stream()
                .filter(issuer -> issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(issuer -> !alreadyOnPath.contains(issuer))
                .toList();
    }

    private boolean isSigned(X509Certificate certificate, X509Certificate issuer) {
        Signature signature = new Signature(certificate, issuer.getPublicKey());
        Boolean known = verified.get(signature);
        if (known == null) {
            known = verified.size() < MOST_SIGNATURES && verifies(certificate, issuer.getPublicKey());
            verified.put(signature, known);
        }
        return known;
    }

    private static boolean verifies(X509Certificate certificate, PublicKey key) {
        try {
            certificate.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Whatever keeps the JDK from verifying it (RuntimeException: a key that it cannot read) keeps clients too.
            return false;
        }
    }
}

package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.PathSearch;
import dev.certtide.probe.path.PathValidator;
import dev.certtide.probe.path.PolicyInputs;
import dev.certtide.probe.path.Signatures;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds whether a list is signed by somebody who may (RFC 5280, 6.3.3 (f), (g)): who issued the certificate, or another
 * certificate of the list's issuer that leads to the same anchor and is not revoked itself.
 */
final class ListSigners {
    private final List<X509Certificate> others;
    private final Instant date;
    private final Signatures signatures;
    private final RevocationCheck revocation;
    private final Set<X509Certificate> inQuestion = new HashSet<>();

    ListSigners(List<X509Certificate> others, Instant date, Signatures signatures, RevocationCheck revocation) {
        this.others = List.copyOf(others);
        this.date = date;
        this.signatures = signatures;
        this.revocation = revocation;
    }

    boolean maySign(RevocationList list, Path path, int place) {
        X509Certificate issuer = path.issuerOf(place);
        if (isSignedBy(issuer, PathValidator.workingKey(path, place + 1), list)) {
            return true;
        }
        if (isSignedBy(path.anchor(), path.anchor().getPublicKey(), list)) {
            return true;
        }
        for (X509Certificate other : others) {
            if (other.equals(issuer) || !isSignedBy(other, other.getPublicKey(), list)) {
                continue;
            }
            if (inQuestion.contains(other)) {
                // Somebody's list may cover its own signer; that it is not revoked, nobody else says (PKITS 4.14.30).
                return other.equals(path.certificates().get(place));
            }
            inQuestion.add(other);
            boolean leads = leadsTo(path.anchor(), other);
            inQuestion.remove(other);
            if (leads) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSignedBy(X509Certificate signer, PublicKey key, RevocationList list) {
        return signer.getSubjectX500Principal().equals(list.issuer())
                && Extensions.maySignRevocationLists(signer)
                && list.isSignedBy(key);
    }

    private boolean leadsTo(X509Certificate anchor, X509Certificate signer) {
        List<X509Certificate> sent = new ArrayList<>();
        sent.add(signer);
        sent.addAll(others);
        return new PathSearch(
                        sent,
                        subject -> anchor.getSubjectX500Principal().equals(subject) ? List.of(anchor) : List.of(),
                        signatures)
                .paths().stream()
                        .anyMatch(path -> PathValidator.violations(
                                                path,
                                                date,
                                                PathValidator.Anchor.NAME_AND_KEY,
                                                PolicyInputs.TLS,
                                                signatures)
                                        .isEmpty()
                                && revocation.of(path) instanceof Revocation.NotRevoked);
    }
}

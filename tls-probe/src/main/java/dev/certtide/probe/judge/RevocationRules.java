package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.Oids;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.revocation.Revocation;
import dev.certtide.probe.revocation.RevocationCheck;
import dev.certtide.probe.revocation.RevocationList;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What revocation lists mean for a path that is good otherwise. Only what a list says counts: that none is at hand, or
 * none that can be used, is no fault of the server, and short-lived certificates need none (BR 7.1.2.11.2).
 */
final class RevocationRules {
    private static final String[] REASONS = {
        "no reason given",
        "key compromise",
        "compromise of the authority's key",
        "change of affiliation",
        "superseded",
        "cessation of operation",
        "on hold",
        "",
        "",
        "privilege withdrawn",
        "compromise of an attribute authority's key"
    };

    private final List<RevocationList> lists;

    private final RevocationCheck check;

    /** @param known certificates among which those who sign lists may be */
    RevocationRules(List<RevocationList> lists, List<X509Certificate> known, Instant now, Signatures signatures) {
        this.lists = List.copyOf(lists);
        this.check = new RevocationCheck(lists, known, now, signatures);
    }

    /** @param paths those that are good otherwise, the best first; one that is not revoked is enough */
    List<Defect> judge(List<Path> paths) {
        if (lists.isEmpty()) {
            return List.of();
        }
        Path path = paths.getFirst();
        if (check.of(path) instanceof Revocation.Revoked(X509Certificate certificate, RevocationList.Entry entry)
                && paths.stream().skip(1).allMatch(other -> check.of(other) instanceof Revocation.Revoked)) {
            return List.of(Defect.critical(
                    FindingCode.REVOKED, sentence(certificate, certificate.equals(path.leaf()), entry)));
        }
        List<Defect> defects = new ArrayList<>();
        for (X509Certificate issuer :
                path.withAnchor().subList(1, path.certificates().size() + 1)) {
            lists.stream()
                    .filter(list -> list.isOf(issuer))
                    .flatMap(list -> breachesOf(list, issuer).stream())
                    .forEach(breach -> defects.add(Defect.informative(
                            FindingCode.NON_COMPLIANT,
                            "The certificate is good, but the revocation list of " + breach.told()
                                    + ". Tell your certificate authority; nothing is urgent.")));
        }
        return defects.stream().distinct().toList();
    }

    static String sentence(X509Certificate certificate, boolean isLeaf, RevocationList.Entry entry) {
        return "The certificate of " + Wording.subject(certificate) + (isLeaf ? "" : ", above the server's own,")
                + " was revoked on " + Wording.utc(entry.date()) + " (" + reason(entry.reason())
                + "). Replace it now, with a new key.";
    }

    private static List<Breach> breachesOf(RevocationList list, X509Certificate issuer) {
        List<Breach> breaches = new ArrayList<>();
        if (!list.has(Oids.CRL_NUMBER)) {
            breaches.add(new Breach(issuer, "has no number", "RFC 5280, 5.2.3"));
        }
        if (list.isCritical(Oids.CRL_NUMBER)) {
            breaches.add(new Breach(issuer, "has a critical number", "RFC 5280, 5.2.3"));
        }
        if (!Extensions.maySignRevocationLists(issuer)) {
            breaches.add(new Breach(issuer, "is signed by a key that may not, by its key usage", "RFC 5280, 4.2.1.3"));
        }
        return breaches;
    }

    private static String reason(int code) {
        return code >= 0 && code < REASONS.length && !REASONS[code].isEmpty() ? REASONS[code] : REASONS[0];
    }
}

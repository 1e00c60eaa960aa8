package dev.certtide.probe.judge;

import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.PathSearch;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.revocation.ListAddresses;
import dev.certtide.probe.revocation.Revocation;
import dev.certtide.probe.revocation.RevocationCheck;
import dev.certtide.probe.trust.TrustAnchors;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Revocation lists that were fetched and by which it stays unknown whether a certificate is revoked: out of date, signed
 * by somebody else, or for other certificates. That is no fault of the server and no finding; it is told with what could
 * not be fetched at all, so that nobody takes what was not found out for good.
 */
final class UnusedLists {
    private final Evidence evidence;
    private final TrustAnchors anchors;
    private final Instant now;

    /** Why not, by the certificate; empty for one about which some path's lists say something. */
    private final Map<X509Certificate, String> reasons = new LinkedHashMap<>();

    private UnusedLists(Evidence evidence, TrustAnchors anchors, Instant now) {
        this.evidence = evidence;
        this.anchors = anchors;
        this.now = now;
    }

    /** Each list once, with the reason, in the order of addresses and of their chains. */
    static List<Evidence.Missing> among(
            HostFacts.Visited visited, Evidence evidence, TrustAnchors anchors, Instant now) {
        if (evidence.placesOfLists().isEmpty()) {
            return List.of();
        }
        UnusedLists unused = new UnusedLists(evidence, anchors, now);
        visited.addresses().stream()
                .map(AddressFacts::chain)
                .filter(chain -> !chain.isEmpty())
                .distinct()
                .forEach(unused::look);
        return unused.told();
    }

    private void look(List<X509Certificate> chain) {
        if (anchors.contains(chain.getFirst())) {
            return;
        }
        Signatures signatures = new Signatures();
        List<X509Certificate> known = MissingIssuers.and(chain, evidence);
        List<Path> paths = new PathSearch(chain, anchors::endsOfPathsWith, signatures).paths();
        if (paths.isEmpty()) {
            paths = new PathSearch(known, anchors::endsOfPathsWith, signatures).paths();
        }
        RevocationCheck check = new RevocationCheck(evidence.lists(), known, now, signatures);
        for (Path path : paths) {
            for (int place = 0; place < path.certificates().size(); place++) {
                reasons.merge(
                        path.certificates().get(place),
                        check.of(path, place) instanceof Revocation.Unknown unknown ? unknown.why() : "",
                        (one, other) -> one.isEmpty() ? one : other);
            }
        }
    }

    private List<Evidence.Missing> told() {
        Map<URI, Evidence.Missing> told = new LinkedHashMap<>();
        reasons.forEach((certificate, reason) -> {
            if (!reason.isEmpty()) {
                ListAddresses.of(certificate).stream()
                        .filter(evidence.placesOfLists()::contains)
                        .forEach(place -> told.putIfAbsent(
                                place, new Evidence.Missing(Evidence.Kind.REVOCATION_LIST, place.toString(), reason)));
            }
        });
        return new ArrayList<>(told.values());
    }
}

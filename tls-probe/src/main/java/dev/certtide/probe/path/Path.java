package dev.certtide.probe.path;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A way from a leaf to a trust anchor.
 *
 * @param certificates the leaf first, the anchor not included
 * @param anchor what the last one is signed by
 */
public record Path(List<X509Certificate> certificates, X509Certificate anchor) {
    public Path {
        certificates = List.copyOf(certificates);
    }

    public X509Certificate leaf() {
        return certificates.getFirst();
    }

    /** What stands between the leaf and the anchor. */
    public List<X509Certificate> intermediates() {
        return certificates.subList(1, certificates.size());
    }

    /** All of them, the anchor last. */
    public List<X509Certificate> withAnchor() {
        List<X509Certificate> all = new ArrayList<>(certificates);
        all.add(anchor);
        return all;
    }

    /** What certifies the certificate at that place; the leaf's place is 0. */
    public X509Certificate issuerOf(int place) {
        return place + 1 < certificates.size() ? certificates.get(place + 1) : anchor;
    }
}

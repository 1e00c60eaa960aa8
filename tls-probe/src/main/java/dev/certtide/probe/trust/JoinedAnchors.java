package dev.certtide.probe.trust;

import dev.certtide.probe.memory.Recent;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Public anchors together with somebody's own, made once for all checks of the same owner. When the public ones are
 * renewed, everything is made anew. Thread-safe.
 */
public final class JoinedAnchors {
    /** Each holds a table of some 150 roots. */
    private static final int MOST = 64;

    private volatile Joined current = new Joined(TrustAnchors.of(List.of()));

    private record Joined(TrustAnchors from, Recent<List<X509Certificate>, TrustAnchors> owners) {
        Joined(TrustAnchors from) {
            this(from, new Recent<>(MOST));
        }
    }

    /** Both; the same object for the same ones, for as long as there are not too many. */
    public TrustAnchors of(TrustAnchors publiclyTrusted, List<X509Certificate> own) {
        if (own.isEmpty()) {
            return publiclyTrusted;
        }
        Joined joined = current;
        if (joined.from() != publiclyTrusted) {
            joined = new Joined(publiclyTrusted);
            current = joined;
        }
        Recent<List<X509Certificate>, TrustAnchors> owners = joined.owners();
        return owners.get(own).orElseGet(() -> {
            TrustAnchors both = publiclyTrusted.and(own);
            owners.offer(own, both, 1);
            return both;
        });
    }
}

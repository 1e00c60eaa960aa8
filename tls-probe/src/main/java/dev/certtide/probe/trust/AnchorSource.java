package dev.certtide.probe.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Says what is trusted at an instant; a list may be renewed while a process runs. Thread-safe. */
@FunctionalInterface
public interface AnchorSource {
    /** What is trusted now. Never fails: who cannot renew a list keeps the old one. */
    TrustAnchors at(Instant now);

    /** The same, and these always and without conditions. */
    default AnchorSource and(Collection<X509Certificate> certificates) {
        return and(new RootBundle(List.copyOf(certificates), Optional.empty()));
    }

    /** The same, and the roots of that list always, with the conditions that it sets. */
    default AnchorSource and(RootBundle bundle) {
        record Joined(TrustAnchors from, TrustAnchors anchors) {}
        var joined = new AtomicReference<Joined>();
        return now -> {
            TrustAnchors from = at(now);
            Joined last = joined.get();
            if (last == null || last.from() != from) {
                last = new Joined(from, from.and(bundle));
                joined.set(last);
            }
            return last.anchors();
        };
    }
}

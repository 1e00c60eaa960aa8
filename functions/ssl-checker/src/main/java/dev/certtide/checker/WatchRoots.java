package dev.certtide.checker;

import dev.certtide.kit.KeptRoots;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The private roots of targets: those of the message, or else of {@code Config}, read once and kept for the process. */
final class WatchRoots {
    /** Of a few KB each. When there are more they are read again, which costs a request for so many checks. */
    private static final int MOST = 300;

    private final KeptRoots kept;
    private final Map<String, PrivateRoots> known = new ConcurrentHashMap<>();

    WatchRoots(KeptRoots kept) {
        this.kept = kept;
    }

    /**
     * What is trusted for a target besides the public roots.
     *
     * @param sent private roots that came with the message, by their names
     * @throws MissingRootsException when they neither came nor are kept
     */
    List<X509Certificate> of(Target target, Map<String, PrivateRoots> sent) {
        return target.roots()
                .map(name -> sent.containsKey(name) ? sent.get(name) : read(name))
                .map(PrivateRoots::certificates)
                .orElse(List.of());
    }

    private PrivateRoots read(String name) {
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(name, _ -> kept.find(name).orElseThrow(MissingRootsException::new));
    }
}

package dev.certtide.checker;

import dev.certtide.kit.Environment;
import dev.certtide.kit.Log;
import dev.certtide.probe.trust.AnchorFile;
import dev.certtide.probe.trust.AnchorList;
import dev.certtide.probe.trust.AnchorSource;
import dev.certtide.probe.trust.RenewedAnchors;
import dev.certtide.probe.trust.TrustAnchors;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The roots that certificates have to lead to: Mozilla's, or those of a list that is renewed, and those that somebody
 * trusts besides.
 */
final class TrustedRoots {
    private final AnchorSource source;
    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isTold = new AtomicBoolean();

    /** @param stored the list that counts where the environment names no file */
    TrustedRoots(Environment environment, AnchorList stored) {
        AnchorList list = environment
                .optional("CERTTIDE_TRUST_STORE")
                .map(Path::of)
                .<AnchorList>map(AnchorFile::new)
                .orElse(stored);
        AnchorSource roots = new RenewedAnchors(list, TrustAnchors.ofMozilla(), news::add);
        this.source = environment
                .optional("CERTTIDE_CA_FILE")
                .map(Path::of)
                .map(TrustAnchors::certificatesOf)
                .map(roots::and)
                .orElse(roots);
    }

    AnchorSource source() {
        return source;
    }

    /** Logs at the beginning which roots there are, and later whatever has changed about them. */
    void tell(Log log, Instant now) {
        TrustAnchors roots = source.at(now);
        for (String sentence = news.poll(); sentence != null; sentence = news.poll()) {
            log.warn(sentence, Map.of());
        }
        if (isTold.getAndSet(true)) {
            return;
        }
        Map<String, Object> fields = Map.of(
                "roots",
                roots.size(),
                "asOf",
                roots.asOf().map(LocalDate::toString).orElse("unknown"));
        if (roots.isOld(now)) {
            log.warn(
                    "The list of trusted roots is older than 180 days; update Certtide, or store a newer list by "
                            + "`certtide configure roots`",
                    fields);
        } else {
            log.info("Trusted roots", fields);
        }
    }
}

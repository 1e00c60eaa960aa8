package dev.certtide.checker;

import dev.certtide.kit.Environment;
import dev.certtide.kit.Log;
import dev.certtide.probe.trust.AnchorFile;
import dev.certtide.probe.trust.AnchorList;
import dev.certtide.probe.trust.AnchorSource;
import dev.certtide.probe.trust.RenewedAnchors;
import dev.certtide.probe.trust.RootBundle;
import dev.certtide.probe.trust.TrustAnchors;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The roots that certificates have to lead to: Mozilla's, or those of a list that is renewed, and those that somebody
 * trusts besides.
 */
final class TrustedRoots {
    private final boolean isStored;
    private final RenewedAnchors list;
    private final AnchorSource all;
    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private final AtomicReference<TrustAnchors> told = new AtomicReference<>();
    private volatile TrustAnchors current;

    /** @param stored the list that counts where the environment names no file */
    TrustedRoots(Environment environment, AnchorList stored) {
        Optional<Path> file = environment.optional("CERTTIDE_TRUST_STORE").map(Path::of);
        this.isStored = file.isEmpty();
        this.list = new RenewedAnchors(
                file.<AnchorList>map(AnchorFile::new).orElse(stored), TrustAnchors.ofMozilla(), news::add);
        Optional<RootBundle> own =
                environment.optional("CERTTIDE_CA_FILE").map(Path::of).map(TrustAnchors::certificatesOf);
        this.all = own.map(list::and).orElse(list);
        this.current = own.map(TrustAnchors.ofMozilla()::and).orElseGet(TrustAnchors::ofMozilla);
    }

    /** What was trusted when it was last looked at. Nobody waits for anything here. */
    AnchorSource source() {
        return _ -> current;
    }

    /**
     * Looks whether there is another list, and logs which roots there are, at the beginning and whenever that has changed.
     *
     * @throws IllegalStateException if it was never found out whether a list is stored: to judge by the wrong one would tell
     *     people of trouble that they do not have
     */
    void look(Log log, Instant now) {
        current = all.at(now);
        for (String sentence = news.poll(); sentence != null; sentence = news.poll()) {
            log.warn(sentence, Map.of());
        }
        if (isStored && !list.isKnown()) {
            throw new IllegalStateException("It cannot be found out now which roots are to be trusted");
        }
        TrustAnchors roots = current;
        if (told.getAndSet(roots) != roots) {
            tell(roots, log, now);
        }
    }

    private void tell(TrustAnchors roots, Log log, Instant now) {
        Map<String, Object> fields = Map.of(
                "roots",
                roots.size(),
                "asOf",
                roots.asOf().map(LocalDate::toString).orElse("unknown"));
        if (roots.isOld(now)) {
            log.warn(
                    "The list of trusted roots is older than 180 days; "
                            + (isStored
                                    ? "update Certtide and take away what is stored, or store a newer list: "
                                            + "see `certtide configure roots`"
                                    : "renew the file that CERTTIDE_TRUST_STORE names"),
                    fields);
        } else {
            log.info("Trusted roots", fields);
        }
    }
}

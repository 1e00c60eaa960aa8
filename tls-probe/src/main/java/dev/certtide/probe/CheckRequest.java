package dev.certtide.probe;

import dev.certtide.model.Target;
import dev.certtide.model.history.Known;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * What is to be checked, and what to know about it.
 *
 * @param target what to visit
 * @param known what earlier checks have taught
 * @param alsoTrusted authorities of somebody's own that are trusted for this check, besides the public ones
 */
public record CheckRequest(Target target, Known known, List<X509Certificate> alsoTrusted) {
    public CheckRequest {
        alsoTrusted = List.copyOf(alsoTrusted);
    }

    /** A first check, by public roots. */
    public static CheckRequest of(Target target) {
        return new CheckRequest(target, Known.NOTHING, List.of());
    }

    /** The same with this knowledge. */
    public CheckRequest knowing(Known other) {
        return new CheckRequest(target, other, alsoTrusted);
    }

    /** The same, trusting these as well. */
    public CheckRequest trusting(Collection<X509Certificate> authorities) {
        return new CheckRequest(target, known, List.copyOf(authorities));
    }
}

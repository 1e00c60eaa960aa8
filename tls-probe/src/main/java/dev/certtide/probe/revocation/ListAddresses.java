package dev.certtide.probe.revocation;

import dev.certtide.probe.path.GeneralName;
import dev.certtide.probe.path.MalformedDerException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the revocation lists of a certificate can be fetched. */
public final class ListAddresses {
    private ListAddresses() {}

    /**
     * The first address of http of each of the certificate's distribution points, each once; none if it names none, or
     * its extension cannot be read.
     */
    public static List<URI> of(X509Certificate certificate) {
        try {
            return DistributionPoint.of(certificate).stream()
                    .flatMap(point -> point.names().stream()
                            .flatMap(name -> web(name).stream())
                            .limit(1))
                    .distinct()
                    .toList();
        } catch (MalformedDerException e) {
            return List.of();
        }
    }

    private static Optional<URI> web(GeneralName name) {
        return name instanceof GeneralName.Uri(String text) ? web(text) : Optional.empty();
    }

    /** The address, if it is one of http or https. */
    public static Optional<URI> web(String text) {
        String scheme = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
        if (!scheme.startsWith("http://") && !scheme.startsWith("https://")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

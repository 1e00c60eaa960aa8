package dev.certtide.probe.revocation;

import dev.certtide.probe.path.GeneralName;
import dev.certtide.probe.path.MalformedDerException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the revocation lists of a certificate can be fetched. */
public final class ListAddresses {
    /** Of the bytes that GeneralName has: whatever is neither reserved nor unreserved nor part of an escape. */
    private static final Pattern NOT_IN_URIS = Pattern.compile("[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})");

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

    /**
     * Where its lists are, if none of its distribution points has an address that can be asked: by another protocol, or
     * not to be read. By the place, as the certificate has it, the reason.
     */
    public static Map<String, String> beyondReach(X509Certificate certificate) {
        if (!of(certificate).isEmpty()) {
            return Map.of();
        }
        try {
            Map<String, String> places = new LinkedHashMap<>();
            DistributionPoint.of(certificate).stream()
                    .flatMap(point -> point.names().stream())
                    .filter(GeneralName.Uri.class::isInstance)
                    .map(name -> ((GeneralName.Uri) name).uri())
                    .forEach(place -> places.put(
                            place,
                            isOfWeb(place)
                                    ? "it is no address that can be read"
                                    : "only what is at http or https is fetched"));
            return places;
        } catch (MalformedDerException e) {
            return Map.of("its distribution points", "they cannot be read: " + e.getMessage());
        }
    }

    /** The address, if it is one of http or https; what must not stand in it as it is, is escaped (RFC 3986, 2.1). */
    public static Optional<URI> web(String text) {
        return isOfWeb(text)
                ? parsed(text).or(() -> parsed(escaped(text))).filter(uri -> uri.getHost() != null)
                : Optional.empty();
    }

    private static boolean isOfWeb(String text) {
        String scheme = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
        return scheme.startsWith("http://") || scheme.startsWith("https://");
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String escaped(String text) {
        return NOT_IN_URIS.matcher(text).replaceAll(illegal -> "%%%02X"
                .formatted((int) illegal.group().charAt(0)));
    }
}

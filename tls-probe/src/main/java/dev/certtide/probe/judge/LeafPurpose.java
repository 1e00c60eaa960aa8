package dev.certtide.probe.judge;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Oids;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the extended key usage says that a certificate is for (RFC 5280, 4.2.1.12). */
final class LeafPurpose {
    static final String CLIENT_AUTH = "clientAuth";

    private static final String SERVER_AUTH = "serverAuth";

    /** What is told by a word and not by its object identifier. */
    static final Set<String> WORDS = Set.of(SERVER_AUTH, CLIENT_AUTH);

    private LeafPurpose() {}

    /**
     * Whether it is for TLS servers; in an intermediate: whether it may issue for them, as all clients read it. Not if it
     * cannot be read: then nobody can say what it is for.
     */
    static boolean isForServers(X509Certificate certificate) {
        try {
            Optional<List<String>> purposes = purposes(certificate);
            return purposes.isEmpty()
                    || purposes.get().contains(Oids.SERVER_AUTH)
                    || purposes.get().contains(Oids.ANY_PURPOSE);
        } catch (MalformedDerException e) {
            return false;
        }
    }

    /** All that the extended key usage names, in the words of reports; nothing without one, or if it can't be read. */
    static Optional<List<String>> named(X509Certificate certificate) {
        try {
            return purposes(certificate)
                    .map(purposes -> purposes.stream().map(LeafPurpose::word).toList());
        } catch (MalformedDerException e) {
            return Optional.empty();
        }
    }

    /** Read here, since the JDK takes an extension that it cannot read and that is not critical for none at all. */
    private static Optional<List<String>> purposes(X509Certificate certificate) {
        return Extensions.of(certificate, Oids.EXTENDED_KEY_USAGE)
                .map(purposes -> purposes.as(Der.SEQUENCE).children().stream()
                        .map(purpose -> purpose.as(Der.OBJECT_IDENTIFIER).oid())
                        .toList());
    }

    private static String word(String oid) {
        return switch (oid) {
            case Oids.SERVER_AUTH -> SERVER_AUTH;
            case Oids.CLIENT_AUTH -> CLIENT_AUTH;
            default -> Wording.printable(oid);
        };
    }
}

package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.history.Known;
import dev.certtide.probe.facts.AddressFacts;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a certificate can be used by TLS clients, and whether its renewal will be: public authorities stop to issue
 * such ones, and servers that show their certificate to others as clients (mTLS, XMPP and SMTP between servers) are
 * refused from the renewal on.
 *
 * <p>Chrome Root Program Policy 1.8 (5 February 2026), 1.3.2: certificates issued on or after 15 March 2027 must name
 * serverAuth and nothing else. (Up to version 1.7 the date was 15 June 2026; since then it is that of new intermediates
 * only.) Authorities stop earlier, each on its own day; Let's Encrypt did on 8 July 2026 ("Ending TLS Client
 * Authentication Certificate Support in 2026").
 */
final class ClientAuthRules {
    /** From then on no public authority issues certificates for clients and servers. */
    static final Instant END_OF_ISSUANCE = Instant.parse("2027-03-15T00:00:00Z");

    private ClientAuthRules() {}

    /** What there is to tell of the newest leaf. It pages nobody: few servers are clients, too. */
    static Optional<Defect> judge(AddressFacts address, Known known) {
        X509Certificate leaf = address.chain().getFirst();
        // Without the extension, a certificate is for everything.
        Optional<List<String>> purposes = LeafPurpose.named(leaf);
        if (purposes.isEmpty()) {
            return Optional.empty();
        }
        if (!purposes.get().contains(LeafPurpose.CLIENT_AUTH)) {
            return known.clientAuth() ? Optional.of(removed()) : Optional.empty();
        }
        Instant end = leaf.getNotAfter().toInstant();
        // Public authorities log what they issue; private ones do not, and go on as they like.
        boolean isPublic = address.hasEmbeddedScts();
        return isPublic && !end.isBefore(END_OF_ISSUANCE) ? Optional.of(coming(end)) : Optional.empty();
    }

    private static Defect removed() {
        return Defect.informative(
                FindingCode.CLIENT_AUTH_EKU_REMOVED,
                "The certificate is no longer for TLS clients, as the one before it was: servers to which it is shown "
                        + "as a client's certificate refuse it. Use one from a private authority there.");
    }

    private static Defect coming(Instant end) {
        return Defect.informative(
                FindingCode.CLIENT_AUTH_EKU_REMOVED,
                "The certificate is for TLS clients too, and ends on " + Wording.utc(end)
                        + "; its renewal will not be: public authorities issue no such ones from 15 March 2027 on. "
                        + "If it is shown as a client's certificate somewhere, use a private authority's there.");
    }
}

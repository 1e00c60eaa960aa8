package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a completed handshake was made of. What clients of today refuse is critical: they cannot connect. RSA key exchange
 * with TLS 1.2 and AES is no finding; RFC 9325, 4.1 advises against it, and every browser takes it.
 */
final class HandshakeRules {
    /** Below this, a group is within reach of those who can afford it (weakdh.org, RFC 9325, 4.1). */
    private static final int STRONG_DIFFIE_HELLMAN = 2048;

    private HandshakeRules() {}

    static List<Defect> judge(Target target, AddressFacts address) {
        return switch (address.ending()) {
            case Ending.Completed(String protocol, String suite) -> judge(target, address, protocol, suite);
            case Ending.ClientCertificateRequired(String protocol, String suite, String error) ->
                judge(target, address, protocol, suite);
            default -> List.of();
        };
    }

    private static List<Defect> judge(Target target, AddressFacts address, String protocol, String suite) {
        List<Defect> defects = new ArrayList<>();
        if (address.chain().isEmpty()) {
            defects.add(Defect.critical(
                    FindingCode.NO_CERTIFICATE,
                    "The server shows no certificate and takes only anonymous cipher suites (" + suite
                            + "), which no client trusts. Give it a certificate and suites that use it."));
            return defects;
        }
        obsolete(protocol)
                .ifPresent(reason -> defects.add(Defect.critical(
                        FindingCode.OBSOLETE_PROTOCOL,
                        "The server speaks nothing newer than " + reason + ". Enable TLS 1.2 and TLS 1.3.")));
        weakness(target.protocol(), suite, address.handshake().diffieHellmanBits())
                .ifPresent(reason -> defects.add(Defect.critical(
                        FindingCode.WEAK_CIPHER,
                        "The server takes no cipher suite of today and chose " + suite + ", " + reason
                                + ". Enable ECDHE with AES-GCM or ChaCha20.")));
        if (target.protocol() == Protocol.HTTPS
                && address.chain().getFirst().getPublicKey() instanceof EdECKey edwards) {
            defects.add(edwardsKey(address.chain().getFirst(), edwards));
        }
        return defects;
    }

    /**
     * No browser offers signatures by such keys (RFC 8446, 4.2.3), so none gets as far as the certificate. OpenSSL, Go and
     * Java do, and what is no website is theirs.
     */
    private static Defect edwardsKey(X509Certificate leaf, EdECKey key) {
        return Defect.critical(
                FindingCode.WEAK_KEY,
                "The certificate " + Wording.subject(leaf) + " has an "
                        + key.getParams().getName()
                        + " key, which is strong, and browsers refuse it: none of them takes signatures by such a key. "
                        + "Use EC P-256 or RSA of 2048 bits, unless no browser is meant to come.");
    }

    private static Optional<String> obsolete(String protocol) {
        return switch (protocol) {
            case "SSLv3" -> Optional.of("SSL 3.0, which is broken and refused by all clients (RFC 7568)");
            case "TLSv1" -> Optional.of("TLS 1.0, which browsers have refused since 2020 (RFC 8996)");
            case "TLSv1.1" -> Optional.of("TLS 1.1, which browsers have refused since 2020 (RFC 8996)");
            default -> Optional.empty();
        };
    }

    private static Optional<String> weakness(Protocol protocol, String suite, OptionalInt diffieHellmanBits) {
        if (suite.contains("_NULL_")) {
            return Optional.of("which encrypts nothing");
        }
        if (suite.contains("_EXPORT_")) {
            return Optional.of("which was made to be broken (FREAK, CVE-2015-0204)");
        }
        if (suite.contains("_RC4_")) {
            return Optional.of("and RC4 is prohibited (RFC 7465)");
        }
        if (suite.contains("_DES_CBC_") || suite.contains("_3DES_")) {
            return Optional.of("and DES and 3DES are refused by browsers (Sweet32, CVE-2016-2183)");
        }
        if (suite.contains("_DSS_") || suite.startsWith("TLS_ECDH_")) {
            return Optional.of("and its key exchange is offered by no client of today");
        }
        if (diffieHellmanBits.isPresent() && diffieHellmanBits.getAsInt() < STRONG_DIFFIE_HELLMAN) {
            return Optional.of("with a Diffie-Hellman group of only " + diffieHellmanBits.getAsInt()
                    + " bits (Logjam, CVE-2015-4000)");
        }
        if (suite.contains("_DHE_") && protocol == Protocol.HTTPS) {
            // Mail servers and databases still offer it to each other.
            return Optional.of("and browsers have dropped finite-field Diffie-Hellman");
        }
        return Optional.empty();
    }
}

package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.MalformedDerException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the key usage of a server's certificate (RFC 5280, 4.2.1.3) permits what the handshake does with its key
 * (RFC 8446, 4.4.2.2; RFC 5246, 7.4.2). Chrome, Java and GnuTLS refuse what it does not; OpenSSL is content with any of
 * the three uses below, and Go looks at none. A certificate without a key usage is for everything.
 */
final class KeyUsageRules {
    /** What a key may have to do, and the bit that permits it. */
    private enum Use {
        DIGITAL_SIGNATURE("digitalSignature", 0),
        KEY_ENCIPHERMENT("keyEncipherment", 2),
        KEY_AGREEMENT("keyAgreement", 4);

        private final String word;
        private final int bit;

        Use(String word, int bit) {
            this.word = word;
            this.bit = bit;
        }

        private boolean isIn(int usage) {
            return (usage & 1 << bit) != 0;
        }
    }

    private KeyUsageRules() {}

    static Optional<Defect> judge(AddressFacts address) {
        if (address.chain().isEmpty()) {
            return Optional.empty();
        }
        X509Certificate leaf = address.chain().getFirst();
        Optional<Integer> usage;
        try {
            usage = Extensions.keyUsage(leaf);
        } catch (MalformedDerException e) {
            return Optional.of(refused("it cannot be read", "digitalSignature"));
        }
        Set<Use> needed = needed(suite(address.ending()), leaf.getPublicKey());
        if (usage.isEmpty() || needed.stream().anyMatch(use -> use.isIn(usage.get()))) {
            return Optional.empty();
        }
        String words = needed.stream().map(use -> use.word).collect(Collectors.joining(" or "));
        return Optional.of(refused("it lacks " + words, words));
    }

    private static Defect refused(String fault, String needed) {
        return Defect.critical(
                FindingCode.INVALID_CHAIN,
                "The key usage of the server's own certificate does not permit what the handshake does with its key: "
                        + fault + " (RFC 5280, 4.2.1.3). Chrome, Java and GnuTLS refuse that. Have it issued anew with "
                        + needed + ".");
    }

    /** One of these is enough. */
    private static Set<Use> needed(Optional<String> suite, PublicKey key) {
        if (suite.isEmpty() || suite.get().contains("_RSA_EXPORT_")) {
            // A client of today offers key exchange with signatures, and RSA's own as the last resort; it is not known
            // which of the two it would have come to. Suites made for export have both.
            return key instanceof RSAKey
                    ? EnumSet.of(Use.DIGITAL_SIGNATURE, Use.KEY_ENCIPHERMENT)
                    : EnumSet.of(Use.DIGITAL_SIGNATURE);
        }
        String name = suite.get().substring(suite.get().indexOf('_') + 1); // Without TLS_, or SSL_ in JSSE's old names.
        if (name.startsWith("RSA_WITH_")) {
            return EnumSet.of(Use.KEY_ENCIPHERMENT);
        }
        // Key exchange without signatures is offered by nobody any more, and a finding of its own.
        return name.startsWith("ECDH_") || name.startsWith("DH_")
                ? EnumSet.allOf(Use.class)
                : EnumSet.of(Use.DIGITAL_SIGNATURE);
    }

    private static Optional<String> suite(Ending ending) {
        return switch (ending) {
            case Ending.Completed completed -> Optional.of(completed.cipherSuite());
            case Ending.ClientCertificateRequired required -> Optional.of(required.cipherSuite());
            default -> Optional.empty();
        };
    }
}

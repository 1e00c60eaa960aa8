package dev.certtide.farm;

import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/** The certificates of hosts with which it is the key that matters: of which kind it is, and what it may be used for. */
final class KeyCertificates {
    private final CertificateAuthority authority;
    private final Validity validity;
    private final Once<Identity> rsa;

    /** @param validity of all of them */
    KeyCertificates(CertificateAuthority authority, Validity validity) {
        this.authority = authority;
        this.validity = validity;
        // One key for all that need RSA: making one takes longer than the rest of the farm.
        this.rsa = new Once<>(() -> authority.issue(request(HostKind.RSA_2048, KeyKind.RSA_2048)
                .naming(Stream.of(
                                HostKind.RSA_2048,
                                HostKind.RSA_KEY_EXCHANGE,
                                HostKind.DH_1024,
                                HostKind.EXPORT,
                                HostKind.KEY_FOR_ENCIPHERMENT,
                                HostKind.KEY_FOR_RSA_KEY_EXCHANGE)
                        .map(HostKind::hostName)
                        .toList())));
    }

    Identity of(HostKind kind) {
        return switch (kind) {
            case RSA_2048, RSA_KEY_EXCHANGE, DH_1024, EXPORT -> rsa.get();
            case KEY_FOR_ENCIPHERMENT, KEY_FOR_RSA_KEY_EXCHANGE -> only(KeyUsage.keyEncipherment, rsa.get());
            case KEY_FOR_AGREEMENT -> only(KeyUsage.keyAgreement, issue(kind, KeyKind.EC_P256));
            case WEAK_KEY, XMPP_WEAK_KEY -> issue(kind, KeyKind.RSA_1024);
            case DSA -> issue(kind, KeyKind.DSA_2048);
            case RSA_8192 -> issue(kind, KeyKind.RSA_8192);
            case EC_P384 -> issue(kind, KeyKind.EC_P384);
            case EC_P521 -> issue(kind, KeyKind.EC_P521);
            case ED25519 -> issue(kind, KeyKind.ED25519);
            default -> throw new IllegalArgumentException("there is nothing special about the key of " + kind.label());
        };
    }

    private Identity issue(HostKind kind, KeyKind key) {
        return authority.issue(request(kind, key));
    }

    private LeafRequest request(HostKind kind, KeyKind key) {
        return LeafRequest.forName(kind.hostName(), validity).with(key);
    }

    /** The same key, certified for this use alone. */
    private Identity only(int usage, Identity good) {
        Issuer issuer = authority.intermediate();
        return good.sending(issuer.pathStartingWith(AlteredCertificate.of(good.leaf())
                .with(Extension.keyUsage, true, new KeyUsage(usage))
                .sign(issuer.signer(issuer.signature()))));
    }
}

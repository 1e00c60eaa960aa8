package dev.certtide.farm;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;

/** The certificates of a farm: what each kind of host shows. */
final class KindCertificates {
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final Duration LEFT = Duration.ofDays(60);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration THREE_YEARS = YEAR.multipliedBy(3);
    private static final String ANOTHER_HOST = "another.certtide.test";
    /** Below the arc that RFC 7299, 3.2 has for certificate extensions; nobody has been given this number. */
    private static final ASN1ObjectIdentifier NOBODY_KNOWS = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.9999");

    private final Instant now;
    private final CertificateAuthority authority;
    private final Issuer root;
    private final Issuer intermediate;
    private final CertificateAuthority distrusted;
    private final KeyCertificates keys;
    private final ReferringCertificates referring;

    KindCertificates(CertificateAuthority authority, CaRepository repository, Instant now) {
        this.now = now;
        this.authority = authority;
        this.root = authority.root();
        this.intermediate = authority.intermediate();
        this.distrusted = stranger("Distrusted");
        this.referring = new ReferringCertificates(authority, repository, now);
        this.keys = new KeyCertificates(authority, validity(LEFT));
    }

    Identity of(HostKind kind) {
        String name = kind.hostName();
        return switch (kind) {
            case EXPIRING, POP3_EXPIRING -> issue(name, Duration.ofDays(10));
            case EXPIRING_IN_DAYS -> issue(name, Duration.ofDays(3));
            case EXPIRED, SMTP_EXPIRED -> issue(name, Duration.ofDays(-5));
            case EXPIRED_YEARS_AGO -> issue(name, THREE_YEARS.negated());
            case NOT_YET_VALID, FTP_NOT_YET_VALID -> issue(name, LIFETIME.plusDays(2));
            case SHORT_LIVED ->
                authority.issue(LeafRequest.forName(
                        name, Validity.withLeft(now, Duration.ofHours(160), Duration.ofHours(100))));
            case LONG_LIVED ->
                authority.issue(LeafRequest.forName(name, Validity.withLeft(now, YEAR.multipliedBy(10), THREE_YEARS)));

            case WRONG_HOST, IMAP_WRONG_HOST -> issue(ANOTHER_HOST);
            case WRONG_HOST_AND_EXPIRED -> issue(ANOTHER_HOST, Duration.ofDays(-5));
            case WILDCARD, WILDCARD_TOO_DEEP -> issue("*.certtide.test");
            case NO_ALTERNATIVE_NAME -> authority.issue(request(name).naming(List.of()));
            case NO_COMMON_NAME -> altered(issue(name), leaf -> leaf.subject(new X500Name("O=Certtide farm")));
            case NO_SUBJECT ->
                altered(issue(name), leaf -> leaf.subject(new X500Name(new RDN[0]))
                        .critical(Extension.subjectAlternativeName));
            case IP_ADDRESS_AS_NAME ->
                altered(
                        issue(name),
                        leaf -> leaf.with(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, name))));
            case ONE_THOUSAND_NAMES -> authority.issue(request(name).naming(many(1_000, name)));
            case TEN_THOUSAND_NAMES -> authority.issue(request(name).naming(many(10_000, name)));

            case SELF_SIGNED, POSTGRES_SELF_SIGNED -> Issuer.selfSigned(request(name));
            case SELF_SIGNED_AND_EXPIRED ->
                Issuer.selfSigned(LeafRequest.forName(name, Validity.withLeft(now, THREE_YEARS, YEAR.negated())));
            case UNTRUSTED_ROOT, MYSQL_UNTRUSTED_ROOT -> stranger("Nobody's").issue(request(name));
            case UNTRUSTED_ROOT_SENT -> withRoot(stranger("Nobody's"), name);
            case NAMESAKE_ROOT -> stranger("Certtide farm").issue(request(name));
            case DISTRUSTED_CA -> distrusted.issue(request(name));
            case INCOMPLETE_CHAIN, LDAP_INCOMPLETE_CHAIN -> issue(name).withoutIntermediates();
            case WRONG_INTERMEDIATE ->
                issue(name).sendingBelow(stranger("Another").intermediate().certificate());
            case NAMESAKE_INTERMEDIATE ->
                issue(name)
                        .sendingBelow(root.intermediate("Certtide farm intermediate", authority.intermediateValidity())
                                .certificate());
            case CHAIN_OUT_OF_ORDER -> outOfOrder(name);
            case STRAY_CERTIFICATE ->
                issue(name).sendingBelow(stranger("Stray").intermediate().certificate(), intermediate.certificate());
            case UNREADABLE_STRAY ->
                issue(name)
                        .sendingBelow(
                                AlteredCertificate.unreadable(
                                        stranger("Stray").intermediate().certificate(), root),
                                intermediate.certificate());
            case DUPLICATE_CERTIFICATES -> twice(issue(name));
            case ROOT_SENT -> withRoot(authority, name);
            case LONG_CHAIN -> longChain(name);
            case CROSS_SIGNED ->
                issue(name)
                        .sendingBelow(
                                stranger("Older")
                                        .root()
                                        .certify(intermediate, authority.intermediateValidity())
                                        .certificate(),
                                intermediate.certificate());
            case EXPIRED_CROSS_SIGN ->
                issue(name)
                        .sendingBelow(
                                intermediate.certificate(),
                                stranger("Older").root().certify(root, ended()).certificate());
            case EXPIRED_INTERMEDIATE -> root.certify(intermediate, ended()).issue(request(name));
            case INTERMEDIATE_EXPIRING ->
                root.certify(intermediate, Validity.withLeft(now, THREE_YEARS, Duration.ofDays(20)))
                        .issue(request(name));
            case ISSUER_NO_AUTHORITY ->
                below(name, ca -> ca.with(Extension.basicConstraints, true, new BasicConstraints(false)));
            case ISSUER_MAY_NOT_SIGN ->
                below(name, ca -> ca.with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
            case ISSUER_FOR_CLIENTS ->
                below(
                        name,
                        ca -> ca.with(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
            case PATH_TOO_LONG ->
                intermediate
                        .intermediate("Certtide farm one too many", authority.intermediateValidity())
                        .issue(request(name));
            case NAME_CONSTRAINT_KEPT -> below(name, ca -> permitting(ca, "certtide.test"));
            case NAME_CONSTRAINT_BROKEN -> below(name, ca -> permitting(ca, "example.com"));
            case BAD_SIGNATURE -> oneBitOff(issue(name));
            case FOR_CLIENTS ->
                authority.issue(new LeafRequest(name, List.of(name), validity(LEFT), LeafRequest.Purpose.CLIENT));
            case UNKNOWN_CRITICAL_EXTENSION ->
                altered(issue(name), leaf -> leaf.with(NOBODY_KNOWS, true, DERNull.INSTANCE));
            case UNREADABLE -> unreadable(issue(name));
            case VERSION_1 -> version1(issue(name));

            case WEAK_KEY,
                    XMPP_WEAK_KEY,
                    DSA,
                    RSA_2048,
                    RSA_8192,
                    RSA_KEY_EXCHANGE,
                    DH_1024,
                    EXPORT,
                    EC_P384,
                    EC_P521,
                    ED25519,
                    KEY_FOR_ENCIPHERMENT,
                    KEY_FOR_AGREEMENT,
                    KEY_FOR_RSA_KEY_EXCHANGE -> keys.of(kind);
            case SHA1_SIGNATURE -> signedWith(intermediate, issue(name), "SHA1withECDSA");
            case SHA1_INTERMEDIATE ->
                certified(intermediate, UnaryOperator.identity(), "SHA1withECDSA")
                        .issue(request(name));
            case MD5_SIGNATURE -> md5Signed(name);
            case KEY_MISMATCH -> new Identity(issue(name).key(), issue(name).chain());
            default -> referring.of(kind, issue(name));
        };
    }

    /** The root of {@link HostKind#DISTRUSTED_CA} in PEM, trusted for what is older than that host's certificate. */
    String distrustedRootPem() {
        return distrusted.rootPemUntil(now.minus(LIFETIME));
    }

    /** What a server of this kind staples to its handshake, if anything. */
    Optional<ByteBuffer> staple(HostKind kind, Identity identity) {
        return referring.staple(kind, identity.leaf());
    }

    /** What a server shows to those who do not ask for its name. */
    Identity ofAnotherHost() {
        return issue(ANOTHER_HOST);
    }

    /** A good certificate, 90 days long, with this much of it left. */
    Identity issue(String name, Duration left) {
        return authority.issue(LeafRequest.forName(name, validity(left)));
    }

    private Identity issue(String name) {
        return issue(name, LEFT);
    }

    private LeafRequest request(String name) {
        return LeafRequest.forName(name, validity(LEFT));
    }

    private Validity validity(Duration left) {
        return Validity.withLeft(now, LIFETIME, left);
    }

    /** Three years that ended yesterday. */
    private Validity ended() {
        return Validity.withLeft(now, THREE_YEARS, Duration.ofDays(-1));
    }

    private CertificateAuthority stranger(String name) {
        return CertificateAuthority.create(name, now);
    }

    private Identity altered(Identity good, UnaryOperator<AlteredCertificate> change) {
        return good.sending(intermediate.pathStartingWith(
                change.apply(AlteredCertificate.of(good.leaf())).sign(intermediate.signer(intermediate.signature()))));
    }

    private static Identity signedWith(Issuer issuer, Identity good, String algorithm) {
        return good.sending(
                issuer.pathStartingWith(AlteredCertificate.of(good.leaf()).sign(issuer.signer(algorithm))));
    }

    /** A certificate below an intermediate of which something was changed. */
    private Identity below(String name, UnaryOperator<AlteredCertificate> change) {
        return certified(intermediate, change, root.signature()).issue(request(name));
    }

    private Issuer certified(Issuer below, UnaryOperator<AlteredCertificate> change, String algorithm) {
        return below.certifiedBy(
                root, change.apply(AlteredCertificate.of(below.certificate())).sign(root.signer(algorithm)));
    }

    private static AlteredCertificate permitting(AlteredCertificate authority, String domain) {
        GeneralSubtree[] permitted = {new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain))};
        return authority.with(Extension.nameConstraints, true, new NameConstraints(permitted, null));
    }

    private Identity unreadable(Identity good) {
        return good.sending(intermediate.pathStartingWith(AlteredCertificate.unreadable(good.leaf(), intermediate)));
    }

    private Identity version1(Identity good) {
        return good.sending(intermediate.pathStartingWith(
                AlteredCertificate.of(good.leaf()).signVersion1(intermediate.signer(intermediate.signature()))));
    }

    private Identity md5Signed(String name) {
        // There is no MD5 with ECDSA.
        Issuer rsaIssuer = root.intermediate(
                "Certtide farm RSA intermediate", authority.intermediateValidity(), 0, KeyKind.RSA_2048);
        return signedWith(rsaIssuer, rsaIssuer.issue(request(name)), "MD5withRSA");
    }

    private Identity oneBitOff(Identity good) {
        return good.sending(intermediate.pathStartingWith(AlteredCertificate.withBadSignature(good.leaf())));
    }

    private Identity outOfOrder(String name) {
        Validity years = authority.intermediateValidity();
        Identity identity = root.intermediate("Certtide farm upper", years, 1)
                .intermediate("Certtide farm lower", years)
                .issue(request(name));
        List<X509Certificate> chain = identity.chain();
        return identity.sending(List.of(chain.get(0), chain.get(2), chain.get(1)));
    }

    private Identity longChain(String name) {
        Issuer lowest = root;
        for (int below = 3; below >= 0; below--) {
            lowest = lowest.intermediate(
                    "Certtide farm intermediate with " + below + " below", authority.intermediateValidity(), below);
        }
        return lowest.issue(request(name));
    }

    private Identity withRoot(CertificateAuthority whose, String name) {
        Identity identity = whose.issue(request(name));
        return identity.sending(
                Stream.concat(identity.chain().stream(), Stream.of(whose.root().certificate()))
                        .toList());
    }

    private static Identity twice(Identity identity) {
        return identity.sending(identity.chain().stream()
                .flatMap(certificate -> Stream.of(certificate, certificate))
                .toList());
    }

    private static List<String> many(int count, String name) {
        return Stream.concat(Stream.of(name), IntStream.range(1, count).mapToObj(i -> "host-" + i + ".certtide.test"))
                .toList();
    }
}

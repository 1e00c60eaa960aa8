package dev.certtide.farm;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * One certificate that may sign others, with its key: a root or an intermediate. The extensions are those
 * the CA/Browser Forum Baseline Requirements ask for (7.1.2), except pointers to revocation and issuers, which
 * {@link ReferringCertificates} adds to those that need them.
 */
public final class Issuer {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final SigningKey key;
    private final List<X509Certificate> pathBelowRoot;

    private Issuer(X509Certificate certificate, SigningKey key, List<X509Certificate> pathBelowRoot) {
        this.certificate = certificate;
        this.key = key;
        this.pathBelowRoot = List.copyOf(pathBelowRoot);
    }

    /** A new root, signed by itself. */
    public static Issuer root(String commonName, Validity validity) {
        KeyPair keys = KeyKind.EC_P256.generate();
        X500Principal name = distinguishedName(commonName);
        SigningKey key = new SigningKey(keys.getPrivate(), KeyKind.EC_P256);
        X509Certificate certificate = sign(name, key, name, keys.getPublic(), validity, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
        return new Issuer(certificate, key, List.of());
    }

    /** A new intermediate below this issuer; it may sign leaves only (path length 0). */
    public Issuer intermediate(String commonName, Validity validity) {
        return intermediate(commonName, validity, 0);
    }

    /**
     * A new intermediate below this issuer.
     *
     * @param pathLength how many intermediates there may be below it, 0 or more (RFC 5280, 4.2.1.9)
     */
    public Issuer intermediate(String commonName, Validity validity, int pathLength) {
        return intermediate(commonName, validity, pathLength, KeyKind.EC_P256);
    }

    /** The same with a key of this kind. */
    Issuer intermediate(String commonName, Validity validity, int pathLength, KeyKind kind) {
        KeyPair keys = kind.generate();
        X509Certificate below = signIntermediate(distinguishedName(commonName), keys.getPublic(), validity, pathLength);
        return new Issuer(below, new SigningKey(keys.getPrivate(), kind), pathStartingWith(below));
    }

    /** The same name and key in another certificate, which the issuer above has signed. */
    Issuer certifiedBy(Issuer above, X509Certificate other) {
        return new Issuer(other, key, above.pathStartingWith(other));
    }

    /** What signs in this issuer's name. */
    ContentSigner signer(String algorithm) {
        return signer(key.key(), algorithm);
    }

    private static ContentSigner signer(PrivateKey key, String algorithm) {
        try {
            return new JcaContentSignerBuilder(algorithm).build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("nothing can be signed with " + algorithm, e);
        }
    }

    /** The algorithm by which this issuer signs. */
    String signature() {
        return key.kind().signature();
    }

    /**
     * The same name and key as {@code other}, certified by this issuer: a cross-signed or a renewed intermediate. What
     * {@code other} has signed chains to this one as well.
     */
    public Issuer certify(Issuer other, Validity validity) {
        X509Certificate below = signIntermediate(
                other.certificate.getSubjectX500Principal(), other.certificate.getPublicKey(), validity, 0);
        return new Issuer(below, other.key, pathStartingWith(below));
    }

    /** A new server certificate with a key of its own; the chain is the leaf and every intermediate, without the root. */
    public Identity issue(LeafRequest request) {
        KeyPair keys = request.key().generate();
        X500Principal subject = distinguishedName(request.commonName());
        X509Certificate leaf = sign(
                certificate.getSubjectX500Principal(),
                key,
                subject,
                keys.getPublic(),
                request.validity(),
                builder -> addLeafExtensions(builder, request, certificate.getPublicKey()));
        return new Identity(keys.getPrivate(), pathStartingWith(leaf));
    }

    /** A server certificate that nobody but its own key has signed. */
    public static Identity selfSigned(LeafRequest request) {
        KeyPair keys = request.key().generate();
        X500Principal name = distinguishedName(request.commonName());
        X509Certificate leaf = sign(
                name,
                new SigningKey(keys.getPrivate(), request.key()),
                name,
                keys.getPublic(),
                request.validity(),
                builder -> addLeafExtensions(builder, request, keys.getPublic()));
        return new Identity(keys.getPrivate(), List.of(leaf));
    }

    /** This issuer's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The fingerprint of this issuer's own certificate: SHA-256 in lower-case hex. */
    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was made here has no fingerprint", e);
        }
    }

    /** This issuer's own certificate in PEM. */
    public String pem() {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written to", e);
        }
        return text.toString();
    }

    private X509Certificate signIntermediate(
            X500Principal subject, PublicKey subjectKey, Validity validity, int pathLength) {
        return sign(certificate.getSubjectX500Principal(), key, subject, subjectKey, validity, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
        });
    }

    private record SigningKey(PrivateKey key, KeyKind kind) {}

    /** What a server sends whose certificate this issuer has signed. */
    List<X509Certificate> pathStartingWith(X509Certificate below) {
        List<X509Certificate> path = new ArrayList<>();
        path.add(below);
        path.addAll(pathBelowRoot);
        return path;
    }

    private static void addLeafExtensions(JcaX509v3CertificateBuilder builder, LeafRequest request, PublicKey issuerKey)
            throws IOException, GeneralSecurityException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usageOf(request.key())));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(
                        switch (request.purpose()) {
                            case SERVER -> KeyPurposeId.id_kp_serverAuth;
                            case CLIENT -> KeyPurposeId.id_kp_clientAuth;
                        }));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuerKey));
        if (!request.names().isEmpty()) {
            GeneralName[] names =
                    request.names().stream().map(Issuer::generalName).toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
    }

    /** RSA keys may also have to decipher what the client encrypts to them, up to TLS 1.2. */
    private static int usageOf(KeyKind key) {
        return key.isRsa() ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment : KeyUsage.digitalSignature;
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static X500Principal distinguishedName(String commonName) {
        try {
            return new X500Principal(new X500NameBuilder()
                    .addRDN(BCStyle.O, "Certtide farm")
                    .addRDN(BCStyle.CN, commonName)
                    .build()
                    .getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("the name cannot be encoded: " + commonName, e);
        }
    }

    private static X509Certificate sign(
            X500Principal issuer,
            SigningKey issuerKey,
            X500Principal subject,
            PublicKey subjectKey,
            Validity validity,
            Extensions extensions) {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).setBit(126),
                Date.from(validity.notBefore()),
                Date.from(validity.notAfter()),
                subject,
                subjectKey);
        try {
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(subjectKey));
            extensions.addTo(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            signer(issuerKey.key(), issuerKey.kind().signature())));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("certificate for " + subject + " cannot be made", e);
        }
    }

    @FunctionalInterface
    private interface Extensions {
        void addTo(JcaX509v3CertificateBuilder builder) throws IOException, GeneralSecurityException;
    }
}

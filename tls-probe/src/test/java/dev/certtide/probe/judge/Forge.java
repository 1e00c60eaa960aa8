package dev.certtide.probe.judge;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates that no well-kept authority issues. Every part has a sound default, and a test changes the one it is
 * about.
 */
final class Forge {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final String HOST = "www.certtide.test";
    private static final AtomicLong SERIAL = new AtomicLong(1_000);

    private final String name;
    private boolean isAuthority;
    private Optional<Signer> issuer = Optional.empty();
    private KeyPair keys = newKeys("EC", 256);
    private String signature = "";
    private Instant notBefore = NOW.minus(Duration.ofDays(30));
    private Instant notAfter = NOW.plus(Duration.ofDays(60));
    private List<GeneralName> names = List.of(new GeneralName(GeneralName.dNSName, HOST));
    private KeyPurposeId[] purposes = {KeyPurposeId.id_kp_serverAuth};
    private Optional<KeyUsage> usage = Optional.empty();
    private Consumer<X509v3CertificateBuilder> more = builder -> {};

    /** A certificate and the key that it is for. */
    record Signer(X509Certificate certificate, PrivateKey key) {}

    private Forge(String name) {
        this.name = name;
    }

    static Forge leaf(Signer issuer) {
        Forge forge = new Forge(HOST);
        forge.issuer = Optional.of(issuer);
        return forge;
    }

    static Forge intermediate(String name, Signer issuer) {
        Forge forge = root(name).lasting(Duration.ofDays(2_000), Duration.ofDays(1_000));
        forge.issuer = Optional.of(issuer);
        return forge;
    }

    static Forge root(String name) {
        Forge forge = new Forge(name);
        forge.isAuthority = true;
        forge.names = List.of();
        return forge.lasting(Duration.ofDays(9_000), Duration.ofDays(5_000));
    }

    /** By its basic constraints, which a server's certificate may say as well. */
    Forge asAuthority() {
        isAuthority = true;
        return this;
    }

    Forge lasting(Duration lifetime, Duration left) {
        notAfter = NOW.plus(left);
        notBefore = notAfter.minus(lifetime);
        return this;
    }

    Forge keys(KeyPair value) {
        keys = value;
        return this;
    }

    Forge signedWith(String algorithm) {
        signature = algorithm;
        return this;
    }

    Forge names(List<GeneralName> value) {
        names = value;
        return this;
    }

    /** Bits of {@link KeyUsage}, instead of what goes with a leaf or an authority; 0 for a certificate without any. */
    Forge usage(int bits) {
        usage = Optional.of(new KeyUsage(bits));
        return this;
    }

    /** None for a certificate without an extended key usage. */
    Forge purpose(KeyPurposeId... values) {
        purposes = values;
        return this;
    }

    Forge with(String oid, boolean isCritical, ASN1Encodable value) {
        more = more.andThen(builder -> {
            try {
                builder.addExtension(new ASN1ObjectIdentifier(oid), isCritical, value);
            } catch (CertIOException e) {
                throw new IllegalStateException("no such extension: " + oid, e);
            }
        });
        return this;
    }

    Signer make() {
        X500Principal subject = new X500Principal("CN=" + name);
        X509Certificate above = issuer.map(Signer::certificate).orElse(null);
        PrivateKey key = issuer.map(Signer::key).orElse(keys.getPrivate());
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    above == null ? subject : above.getSubjectX500Principal(),
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    subject,
                    keys.getPublic());
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            KeyUsage uses = usage.orElseGet(() ->
                    new KeyUsage(isAuthority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            if (!uses.equals(new KeyUsage(0))) {
                builder.addExtension(Extension.keyUsage, true, uses);
            }
            if (above != null) {
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        identifiers.createAuthorityKeyIdentifier(above.getPublicKey()));
                if (purposes.length > 0) {
                    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
                }
            }
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            more.accept(builder);
            String algorithm = signature.isEmpty() ? signatureBy(key) : signature;
            return new Signer(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer(algorithm, key))),
                    keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the certificate of " + name + " cannot be made", e);
        }
    }

    private static ContentSigner signer(String algorithm, PrivateKey key) throws OperatorCreationException {
        JcaContentSignerBuilder signer = new JcaContentSignerBuilder(algorithm);
        // The JDK has no name for PSS with a digest.
        return (algorithm.endsWith("MGF1") ? signer.setProvider(new BouncyCastleProvider()) : signer).build(key);
    }

    X509Certificate certificate() {
        return make().certificate();
    }

    /** A revocation list of this issuer with these certificates on it. */
    static byte[] revocationList(Signer issuer, Instant nextUpdate, X509Certificate... revoked) {
        return revocationList(issuer, nextUpdate, Stream.of(revoked).map(X509Certificate::getSerialNumber));
    }

    /** A list with so many other certificates on it, and this one. */
    static byte[] longRevocationList(Signer issuer, int others, X509Certificate revoked) {
        return revocationList(
                issuer,
                NOW.plusSeconds(60),
                Stream.concat(
                        LongStream.range(0, others)
                                .mapToObj(i -> BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(i))),
                        Stream.of(revoked.getSerialNumber())));
    }

    /** A list that lacks what RFC 5280, 5.2.3 demands. */
    static byte[] revocationListWithoutNumber(Signer issuer, Instant nextUpdate, X509Certificate... revoked) {
        return signed(issuer, list(issuer, nextUpdate, Stream.of(revoked).map(X509Certificate::getSerialNumber)));
    }

    private static byte[] revocationList(Signer issuer, Instant nextUpdate, Stream<BigInteger> serialNumbers) {
        X509v2CRLBuilder builder = list(issuer, nextUpdate, serialNumbers);
        try {
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.TEN));
        } catch (CertIOException e) {
            throw new IllegalStateException("the revocation list cannot have a number", e);
        }
        return signed(issuer, builder);
    }

    private static X509v2CRLBuilder list(Signer issuer, Instant nextUpdate, Stream<BigInteger> serialNumbers) {
        X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                issuer.certificate().getSubjectX500Principal(), Date.from(NOW.minus(Duration.ofDays(5))));
        builder.setNextUpdate(Date.from(nextUpdate));
        Date since = Date.from(NOW.minus(Duration.ofDays(2)));
        serialNumbers.forEach(serial -> builder.addCRLEntry(serial, since, CRLReason.keyCompromise));
        return builder;
    }

    private static byte[] signed(Signer issuer, X509v2CRLBuilder list) {
        try {
            return list.build(new JcaContentSignerBuilder(signatureBy(issuer.key())).build(issuer.key()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("the revocation list cannot be made", e);
        }
    }

    /** The JDK's name of how that key signs. */
    static String signatureBy(PrivateKey key) {
        return "SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
    }

    /** An RSA key of some 8,700 bits, made of many small primes (RFC 8017, 3.1): of two it would take a minute. */
    static KeyPair oversizedKeys() {
        Random random = new Random(8_017);
        BigInteger modulus = BigInteger.ONE;
        BigInteger order = BigInteger.ONE;
        for (int i = 0; i < 34; i++) {
            BigInteger prime = BigInteger.probablePrime(256, random);
            modulus = modulus.multiply(prime);
            order = order.multiply(prime.subtract(BigInteger.ONE));
        }
        BigInteger exponent = BigInteger.valueOf(65_537);
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(modulus, exponent)),
                    factory.generatePrivate(new RSAPrivateKeySpec(modulus, exponent.modInverse(order))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no RSA keys of many primes", e);
        }
    }

    static KeyPair newKeys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no " + algorithm + " keys of " + bits + " bits", e);
        }
    }
}

package dev.certtide.probe.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certtide.farm.Issuer;
import dev.certtide.farm.KeyKind;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.DSAPrivateKeySpec;
import java.security.spec.DSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who verifies a signature, and what is remembered of it. */
class SignaturesTest {
    private static final LeafRequest REQUEST = LeafRequest.forName(
            "signed.certtide.test",
            Validity.withLeft(Instant.parse("2026-06-01T12:00:00Z"), Duration.ofDays(90), Duration.ofDays(60)));

    private final List<X509Certificate> asked = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = "RSA_8192", mode = EnumSource.Mode.EXCLUDE) // There is but one such key.
    void aSignatureIsGoodByItsOwnKeyAndByNoOther(KeyKind kind) {
        X509Certificate certificate = selfSigned(kind);
        X509Certificate other = selfSigned(kind);

        assertTrue(new Signatures().verifies(certificate, certificate.getPublicKey()));
        assertFalse(new Signatures().verifies(certificate, other.getPublicKey()));
    }

    @ParameterizedTest
    @EnumSource
    void aFlippedBitSpoilsASignatureThatIsKnown(KeyKind kind) throws Exception {
        X509Certificate certificate = selfSigned(kind);
        assertTrue(new Signatures().verifies(certificate, certificate.getPublicKey()));
        byte[] der = certificate.getEncoded();
        der[der.length - 1] ^= 1;
        X509Certificate spoiled = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));

        assertFalse(new Signatures().verifies(spoiled, certificate.getPublicKey()));
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void theNativeProviderIsThere() {
        assertTrue(NativeSignatures.provider().isPresent());
    }

    @ParameterizedTest
    @EnumSource(names = {"EC_P256", "EC_P384", "RSA_2048"})
    void theNativeProviderVerifiesWhatAuthoritiesSignWith(KeyKind kind) throws Exception {
        assumeTrue(NativeSignatures.provider().isPresent(), "the provider is not for this platform");
        X509Certificate certificate = selfSigned(kind);

        certificate.verify(
                certificate.getPublicKey(), NativeSignatures.provider().orElseThrow());
    }

    /** A subgroup of 512 bits makes every verification several times as expensive, and nobody has one. */
    @Test
    void aDsaKeyOfALargerSubgroupThanTheStandardHasVerifiesNothing() throws Exception {
        KeyPair usual = dsaKeys(256);
        KeyPair large = dsaKeys(512);

        X509Certificate good = selfSigned(usual, "SHA256withDSA");
        assertTrue(new Signatures().verifies(good, usual.getPublic()));
        X509Certificate expensive = selfSigned(large, "SHA512withDSA");
        expensive.verify(large.getPublic());
        assertFalse(new Signatures().verifies(expensive, large.getPublic()));
    }

    @Test
    void whatIsGoodIsVerifiedOnce() {
        VerifiedSignatures verified = new VerifiedSignatures(10);
        X509Certificate certificate = selfSigned(KeyKind.EC_P256);

        assertTrue(verified.verifies(certificate, certificate.getPublicKey(), this::good));
        assertTrue(verified.verifies(certificate, certificate.getPublicKey(), this::bad));

        assertEquals(List.of(certificate), asked);
    }

    @Test
    void whatIsBadIsNotRemembered() {
        VerifiedSignatures verified = new VerifiedSignatures(10);
        X509Certificate certificate = selfSigned(KeyKind.EC_P256);

        assertFalse(verified.verifies(certificate, certificate.getPublicKey(), this::bad));
        assertTrue(verified.verifies(certificate, certificate.getPublicKey(), this::good));
    }

    @Test
    void anotherKeyIsAnotherQuestion() {
        VerifiedSignatures verified = new VerifiedSignatures(10);
        X509Certificate certificate = selfSigned(KeyKind.EC_P256);
        X509Certificate other = selfSigned(KeyKind.EC_P256);

        assertTrue(verified.verifies(certificate, certificate.getPublicKey(), this::good));
        assertFalse(verified.verifies(certificate, other.getPublicKey(), this::bad));
    }

    @Test
    void theLeastUsedIsForgotten() {
        VerifiedSignatures verified = new VerifiedSignatures(2);
        X509Certificate often = selfSigned(KeyKind.EC_P256);
        for (int i = 0; i < 5; i++) {
            X509Certificate once = selfSigned(KeyKind.EC_P256);
            verified.verifies(often, often.getPublicKey(), this::good);
            verified.verifies(once, once.getPublicKey(), this::good);
        }

        assertEquals(2, verified.size());
        assertEquals(1, asked.stream().filter(often::equals).count());
    }

    private boolean good(X509Certificate certificate, Object key) {
        asked.add(certificate);
        return true;
    }

    private boolean bad(X509Certificate certificate, Object key) {
        asked.add(certificate);
        return false;
    }

    private static X509Certificate selfSigned(KeyPair keys, String algorithm) throws Exception {
        X500Principal name = new X500Principal("CN=DSA");
        Date now = Date.from(Instant.parse("2026-06-01T12:00:00Z"));
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(name, BigInteger.ONE, now, now, name, keys.getPublic())
                        .build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate())));
    }

    /** FIPS 186-4, A.1 without its proofs: p of 1,024 bits with a subgroup of a prime order q of so many bits. */
    private static KeyPair dsaKeys(int subgroupBits) throws GeneralSecurityException {
        Random random = new Random(subgroupBits);
        BigInteger q = BigInteger.probablePrime(subgroupBits, random);
        BigInteger p;
        do {
            BigInteger cofactor = new BigInteger(1_023 - subgroupBits, random).setBit(1_023 - subgroupBits - 1);
            p = q.multiply(cofactor).shiftLeft(1).add(BigInteger.ONE);
        } while (!p.isProbablePrime(20));
        BigInteger g = BigInteger.TWO.modPow(p.subtract(BigInteger.ONE).divide(q), p);
        BigInteger x = new BigInteger(subgroupBits - 1, random);
        KeyFactory keys = KeyFactory.getInstance("DSA");
        return new KeyPair(
                keys.generatePublic(new DSAPublicKeySpec(g.modPow(x, p), p, q, g)),
                keys.generatePrivate(new DSAPrivateKeySpec(x, p, q, g)));
    }

    private static X509Certificate selfSigned(KeyKind kind) {
        return Issuer.selfSigned(REQUEST.with(kind)).leaf();
    }
}

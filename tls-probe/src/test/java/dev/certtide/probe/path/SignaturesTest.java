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
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @EnumSource(names = {"EC_P256", "EC_P384", "RSA_2048"})
    void theNativeProviderVerifiesWhatAuthoritiesSignWith(KeyKind kind) throws Exception {
        assumeTrue(NativeSignatures.provider().isPresent(), "the provider is not for this platform");
        X509Certificate certificate = selfSigned(kind);

        certificate.verify(
                certificate.getPublicKey(), NativeSignatures.provider().orElseThrow());
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

    private static X509Certificate selfSigned(KeyKind kind) {
        return Issuer.selfSigned(REQUEST.with(kind)).leaf();
    }
}

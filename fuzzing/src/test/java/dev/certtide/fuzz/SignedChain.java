package dev.certtide.fuzz;

import dev.certtide.fuzz.Parts.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A leaf, an intermediate and a root whose fields and extensions are what an input says, byte by byte, and whose signatures
 * are right: without that, a judge would look no further. The one key has 512 bits, for speed.
 */
final class SignedChain {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final String HOST = "www.certtide.test";
    static final X509Certificate ROOT;

    /** The kinds of parts: which certificate, which field or extension. */
    static final int OF_INTERMEDIATE = 0x40;

    static final int CRITICAL = 0x20;
    /** Field numbers; from {@link #FIRST_EXTENSION} on, places in {@link #EXTENSIONS}. */
    static final int SERIAL = 0;

    static final int VALIDITY = 1;
    static final int SUBJECT = 2;
    static final int KEY = 3;
    static final int FIRST_EXTENSION = 4;

    static final List<String> EXTENSIONS = List.of(
            "551d11", "551d13", "551d0f", "551d25", "551d1e", "551d20", "551d21", "551d24", "551d36", "551d0e",
            "551d23", "551d1f", "551d12", "2b06010505070101", "2b0601050507010b", "2b06010401d679020402", "551d09",
            "550403");

    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final byte[] SHA256_WITH_RSA = DerText.hex("300d06092a864886f70d01010b0500");
    private static final PublicKey PUBLIC_KEY;
    private static final PrivateKey PRIVATE_KEY;
    private static final byte[] ROOT_NAME = DerText.name("Root");
    private static final byte[] INTERMEDIATE_NAME = DerText.name("Intermediate");

    static {
        try {
            BigInteger p = new BigInteger("c3".repeat(32), 16).nextProbablePrime();
            BigInteger q = new BigInteger("e5".repeat(32), 16).nextProbablePrime();
            BigInteger belowP = p.subtract(BigInteger.ONE);
            BigInteger belowQ = q.subtract(BigInteger.ONE);
            BigInteger d = EXPONENT.modInverse(belowP.multiply(belowQ));
            KeyFactory keys = KeyFactory.getInstance("RSA");
            PUBLIC_KEY = keys.generatePublic(new RSAPublicKeySpec(p.multiply(q), EXPONENT));
            PRIVATE_KEY = keys.generatePrivate(new RSAPrivateCrtKeySpec(
                    p.multiply(q), EXPONENT, d, p, q, d.mod(belowP), d.mod(belowQ), q.modInverse(p)));
            ROOT = parse(encoded(ROOT_NAME, authority(ROOT_NAME)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("there is no RSA", e);
        }
    }

    private SignedChain() {}

    /**
     * The leaf and the intermediate of an input.
     *
     * @throws CertificateException if they are none to the JDK
     */
    static List<X509Certificate> of(Parts parts) throws CertificateException {
        Fields intermediate = authority(INTERMEDIATE_NAME);
        Fields leaf = leaf();
        for (Part part : parts.parts()) {
            boolean isIntermediates = (part.kind() & OF_INTERMEDIATE) != 0;
            (isIntermediates ? intermediate : leaf).set(part, isIntermediates);
        }
        return List.of(
                parse(encoded(intermediate.fields.get(SUBJECT), leaf)), parse(encoded(ROOT_NAME, intermediate)));
    }

    /** {@code content} signed by the key of all authorities: a certificate, or a revocation list. */
    static byte[] signed(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(PRIVATE_KEY);
            signature.update(content);
            return DerText.element(
                    0x30, content, SHA256_WITH_RSA, DerText.element(0x03, new byte[1], signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key does not sign", e);
        }
    }

    static byte[] nameOfIntermediate() {
        return INTERMEDIATE_NAME.clone();
    }

    /** @throws CertificateException if the JDK's parser says so, or breaks: for an empty Ed25519 key, for example */
    static X509Certificate parse(byte[] der) throws CertificateException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (RuntimeException e) {
            throw new CertificateException("the JDK's parser broke", e);
        }
    }

    private static byte[] encoded(byte[] issuer, Fields of) {
        ByteArrayOutputStream extensions = new ByteArrayOutputStream();
        of.extensions.values().forEach(extensions::writeBytes);
        byte[] content = DerText.element(
                0x30,
                DerText.hex("a003020102"),
                of.fields.get(SERIAL),
                SHA256_WITH_RSA,
                issuer,
                of.fields.get(VALIDITY),
                of.fields.get(SUBJECT),
                of.fields.get(KEY),
                DerText.element(0xa3, DerText.element(0x30, extensions.toByteArray())));
        return signed(content);
    }

    private static Fields authority(byte[] subject) {
        return new Fields(subject, "20200101000000Z", "20350101000000Z")
                .with(1, true, DerText.hex("30030101ff"))
                .with(2, true, DerText.hex("03020106"))
                .with(9, false, DerText.hex("040101"))
                .with(10, false, DerText.hex("3003800101"));
    }

    private static Fields leaf() {
        byte[] name = HOST.getBytes(StandardCharsets.US_ASCII);
        return new Fields(DerText.element(0x30), "20260501000000Z", "20260801000000Z")
                .with(0, true, DerText.element(0x30, DerText.element(0x82, name)))
                .with(2, true, DerText.hex("03020780"))
                .with(3, false, DerText.hex("300a06082b06010505070301"))
                .with(10, false, DerText.hex("3003800101"));
    }

    /** What is in one certificate. */
    private static final class Fields {
        private final Map<Integer, byte[]> fields = new LinkedHashMap<>();
        private final Map<Integer, byte[]> extensions = new LinkedHashMap<>();

        private Fields(byte[] subject, String notBefore, String notAfter) {
            fields.put(SERIAL, DerText.hex("020107"));
            fields.put(
                    VALIDITY,
                    DerText.element(0x30, DerText.element(0x18, notBefore), DerText.element(0x18, notAfter)));
            fields.put(SUBJECT, subject);
            fields.put(KEY, PUBLIC_KEY.getEncoded());
        }

        private Fields with(int extension, boolean isCritical, byte[] value) {
            byte[] oid = DerText.element(0x06, DerText.hex(EXTENSIONS.get(extension)));
            extensions.put(
                    extension,
                    DerText.element(
                            0x30, oid, isCritical ? DerText.hex("0101ff") : new byte[0], DerText.element(0x04, value)));
            return this;
        }

        private void set(Part part, boolean isIntermediates) {
            int number = part.kind() & 0x1f;
            if (number < FIRST_EXTENSION) {
                // Another key of the intermediate's could not have signed the leaf.
                if (number != KEY || !isIntermediates) {
                    fields.put(number, part.content());
                }
                return;
            }
            int extension = (number - FIRST_EXTENSION) % EXTENSIONS.size();
            if (part.content().length == 0) {
                extensions.remove(extension);
            } else {
                with(extension, (part.kind() & CRITICAL) != 0, part.content());
            }
        }
    }
}

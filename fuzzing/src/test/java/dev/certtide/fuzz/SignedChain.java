package dev.certtide.fuzz;

import dev.certtide.fuzz.Parts.Part;
import dev.certtide.probe.path.CertificateReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A leaf, an intermediate and a root whose fields and extensions are what an input says, byte by byte, and whose signatures
 * are right: without that, a judge would look no further. One key serves all.
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
            "551d11",
            "551d13",
            "551d0f",
            "551d25",
            "551d1e",
            "551d20",
            "551d21",
            "551d24",
            "551d36",
            "551d0e",
            "551d23",
            "551d1f",
            "551d12",
            "2b06010505070101",
            "2b0601050507010b",
            "2b06010401d679020402",
            "551d09",
            "2b06010505070118",
            "550403");

    private static final byte[] ECDSA_WITH_SHA256 = DerText.hex("300a06082a8648ce3d040302");
    private static final PublicKey PUBLIC_KEY;
    private static final PrivateKey PRIVATE_KEY;
    private static final byte[] ROOT_NAME = DerText.name("Root");
    private static final byte[] INTERMEDIATE_NAME = DerText.name("Intermediate");

    /** Inputs that follow each other are much the same, and signing costs more than everything else. */
    private static final Map<ByteBuffer, byte[]> SIGNED = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, byte[]> eldest) {
            return size() > 200;
        }
    };

    static {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), randomFrom(new byte[1]));
            KeyPair keys = generator.generateKeyPair();
            PUBLIC_KEY = keys.getPublic();
            PRIVATE_KEY = keys.getPrivate();
            ROOT = parse(encoded(ROOT_NAME, authority(ROOT_NAME)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("there is no P-256", e);
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
        return List.of(parse(encoded(intermediate.fields.get(SUBJECT), leaf)), parse(encoded(ROOT_NAME, intermediate)));
    }

    /** {@code content} signed by the key of all authorities: a certificate, or a revocation list. */
    static byte[] signed(byte[] content) {
        return DerText.element(0x30, signedParts(content));
    }

    /** The same without the SEQUENCE around it: content, algorithm, signature. */
    static byte[] signedParts(byte[] content) {
        return SIGNED.computeIfAbsent(ByteBuffer.wrap(content), _ -> newlySigned(content));
    }

    private static byte[] newlySigned(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(PRIVATE_KEY, randomFrom(content));
            signature.update(content);
            ByteArrayOutputStream parts = new ByteArrayOutputStream();
            parts.writeBytes(content);
            parts.writeBytes(ECDSA_WITH_SHA256);
            parts.writeBytes(DerText.element(0x03, new byte[1], signature.sign()));
            return parts.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key does not sign", e);
        }
    }

    /** Of one input the same certificates are made every time, and its verdict is the same. */
    private static SecureRandom randomFrom(byte[] seed) throws GeneralSecurityException {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(seed);
        return random;
    }

    static byte[] nameOfIntermediate() {
        return INTERMEDIATE_NAME.clone();
    }

    /** @throws CertificateException if the JDK cannot take it apart */
    static X509Certificate parse(byte[] der) throws CertificateException {
        return CertificateReader.one(der);
    }

    private static byte[] encoded(byte[] issuer, Fields of) {
        ByteArrayOutputStream extensions = new ByteArrayOutputStream();
        of.extensions.values().forEach(extensions::writeBytes);
        byte[] content = DerText.element(
                0x30,
                DerText.hex("a003020102"),
                of.fields.get(SERIAL),
                ECDSA_WITH_SHA256,
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
                    VALIDITY, DerText.element(0x30, DerText.element(0x18, notBefore), DerText.element(0x18, notAfter)));
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

package dev.certtide.probe.revocation;

import dev.certtide.probe.path.CertificateReader;
import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.transparency.SignedTimestamp;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An OCSP response (RFC 6960, 4.2), as servers staple it to a handshake (RFC 6066, 8). Immutable. */
public final class OcspResponse {
    private static final String BASIC = "1.3.6.1.5.5.7.48.1.1";
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final Map<String, String> DIGESTS =
            Map.of("1.3.14.3.2.26", "SHA-1", "2.16.840.1.101.3.4.2.1", "SHA-256");

    /** Real responses have 500 bytes to some kilobytes, one answer, and one certificate at most. */
    private static final int LARGEST = 64 << 10;

    private static final int MOST_ANSWERS = 32;
    private static final int MOST_CERTIFICATES = 4;

    private final Signed signed;
    private final List<Answer> answers;
    private final List<X509Certificate> certificates;

    /** What is said of one certificate; the issuer is told by a digest of its key. */
    record Answer(
            String digest,
            byte[] issuerKeyHash,
            BigInteger serialNumber,
            Optional<RevocationList.Entry> revoked,
            boolean isUnknown,
            Instant thisUpdate,
            Optional<Instant> nextUpdate,
            Optional<Der> extensions) {
        /** Those of Certificate Transparency logs; none if they cannot be read, which is no fault of the answer. */
        List<SignedTimestamp> timestamps() {
            try {
                for (Der extension : extensions
                        .map(explicit -> explicit.reader().next(Der.SEQUENCE).children())
                        .orElse(List.of())) {
                    Der.Reader reader = extension.as(Der.SEQUENCE).reader();
                    if (reader.next(Der.OBJECT_IDENTIFIER).oid().equals(SignedTimestamp.IN_RESPONSE)) {
                        reader.nextIf(Der.BOOLEAN);
                        byte[] list = reader.next(Der.OCTET_STRING).content();
                        return SignedTimestamp.listed(
                                Der.parse(list).as(Der.OCTET_STRING).content());
                    }
                }
            } catch (MalformedDerException e) {
                return List.of();
            }
            return List.of();
        }
    }

    private OcspResponse(Signed signed, List<Answer> answers, List<X509Certificate> certificates) {
        this.signed = signed;
        this.answers = List.copyOf(answers);
        this.certificates = List.copyOf(certificates);
    }

    /**
     * Reads a response.
     *
     * @throws MalformedDerException if it is none, or says only that there is no answer
     */
    public static OcspResponse parse(byte[] der) {
        if (der.length > LARGEST) {
            throw new MalformedDerException("a response of " + der.length + " bytes");
        }
        Der.Reader outer = Der.parse(der).as(Der.SEQUENCE).reader();
        int status = outer.next(Der.ENUMERATED).count();
        if (status != 0) {
            throw new MalformedDerException("a response without an answer, with the status " + status);
        }
        Der.Reader bytes =
                outer.next(Der.context(0, true)).reader().next(Der.SEQUENCE).reader();
        if (!bytes.next(Der.OBJECT_IDENTIFIER).oid().equals(BASIC)) {
            throw new MalformedDerException("a response of a kind that nobody knows");
        }
        Der.Reader basic = Der.parse(bytes.next(Der.OCTET_STRING).content())
                .as(Der.SEQUENCE)
                .reader();
        Signed signed = Signed.read(basic);
        List<X509Certificate> certificates = basic.nextIf(Der.context(0, true))
                .map(explicit -> certificates(explicit.reader().next(Der.SEQUENCE)))
                .orElse(List.of());
        Der.Reader data = signed.content().reader();
        data.nextIf(Der.context(0, true));
        data.next();
        data.next(Der.GENERALIZED_TIME);
        List<Answer> answers = new ArrayList<>();
        for (Der.Reader reader = data.next(Der.SEQUENCE).reader(); reader.hasMore(); ) {
            if (answers.size() == MOST_ANSWERS) {
                throw new MalformedDerException("a response with more than " + MOST_ANSWERS + " answers");
            }
            answers.add(answer(reader.next(Der.SEQUENCE).reader()));
        }
        return new OcspResponse(signed, answers, certificates);
    }

    private static Answer answer(Der.Reader reader) {
        Der.Reader id = reader.next(Der.SEQUENCE).reader();
        String digest =
                id.next(Der.SEQUENCE).reader().next(Der.OBJECT_IDENTIFIER).oid();
        id.next(Der.OCTET_STRING);
        byte[] keyHash = id.next(Der.OCTET_STRING).content();
        BigInteger serialNumber = id.next(Der.INTEGER).integer();
        Der status = reader.next();
        Instant thisUpdate = Times.instant(reader.next(Der.GENERALIZED_TIME));
        Optional<Instant> nextUpdate = reader.nextIf(Der.context(0, true))
                .map(explicit -> Times.instant(explicit.reader().next(Der.GENERALIZED_TIME)));
        Optional<RevocationList.Entry> revoked =
                switch (status.tag()) {
                    case 0x80, 0x82 -> Optional.empty();
                    case 0xa1 -> Optional.of(entry(status.reader()));
                    default -> throw new MalformedDerException("a status with the tag %02x".formatted(status.tag()));
                };
        return new Answer(
                digest,
                keyHash,
                serialNumber,
                revoked,
                status.tag() == 0x82,
                thisUpdate,
                nextUpdate,
                reader.nextIf(Der.context(1, true)));
    }

    private static RevocationList.Entry entry(Der.Reader revoked) {
        Instant date = Times.instant(revoked.next(Der.GENERALIZED_TIME));
        int reason = revoked.nextIf(Der.context(0, true))
                .map(explicit -> explicit.reader().next(Der.ENUMERATED).count())
                .orElse(0);
        return new RevocationList.Entry(date, reason);
    }

    private static List<X509Certificate> certificates(Der list) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Der.Reader reader = list.reader(); reader.hasMore() && certificates.size() < MOST_CERTIFICATES; ) {
            try {
                certificates.add(CertificateReader.one(reader.next(Der.SEQUENCE).encoded()));
            } catch (CertificateException e) {
                throw new MalformedDerException("a certificate that is none");
            }
        }
        return certificates;
    }

    List<Answer> answers() {
        return answers;
    }

    /** Of those who may have signed it. */
    List<X509Certificate> certificates() {
        return certificates;
    }

    /** The answer about that certificate of that issuer; its serial number and the issuer's key identify it. */
    Optional<Answer> answerOn(X509Certificate certificate, X509Certificate issuer) {
        return answers.stream()
                .filter(answer -> answer.serialNumber().equals(certificate.getSerialNumber()))
                .filter(answer -> DIGESTS.containsKey(answer.digest()))
                .filter(answer -> Arrays.equals(
                        answer.issuerKeyHash(), digest(DIGESTS.get(answer.digest()), issuer.getPublicKey())))
                .findFirst();
    }

    /** Whether the issuer has signed it, or somebody whom it has charged with that (RFC 6960, 4.2.2.2). */
    boolean isSignedFor(X509Certificate issuer, Instant now, Signatures signatures) {
        return signed.isBy(issuer.getPublicKey())
                || certificates.stream()
                        .filter(responder -> isChargedBy(responder, issuer, now, signatures))
                        .anyMatch(responder -> signed.isBy(responder.getPublicKey()));
    }

    private static boolean isChargedBy(
            X509Certificate responder, X509Certificate issuer, Instant now, Signatures signatures) {
        try {
            List<String> purposes = responder.getExtendedKeyUsage();
            if (purposes == null
                    || !purposes.contains(OCSP_SIGNING)
                    || !responder.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                return false;
            }
            responder.checkValidity(Date.from(now));
            return signatures.verifies(responder, issuer.getPublicKey());
        } catch (CertificateException e) {
            return false;
        }
    }

    private static byte[] digest(String algorithm, PublicKey key) {
        try {
            // SubjectPublicKeyInfo: the algorithm, and a BIT STRING whose first byte counts unused bits.
            Der.Reader info = Der.parse(key.getEncoded()).as(Der.SEQUENCE).reader();
            info.next(Der.SEQUENCE);
            byte[] bits = info.next(Der.BIT_STRING).content();
            return MessageDigest.getInstance(algorithm).digest(Arrays.copyOfRange(bits, 1, bits.length));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no " + algorithm, e);
        }
    }
}

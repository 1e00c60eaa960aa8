package dev.certtide.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * CA certificates of somebody's own, which are trusted for one target besides the public ones.
 *
 * <p>They are named after their content, whatever the order and number in which they were sent: the same certificates have
 * the same name everywhere and for ever.
 *
 * @param certificates each once, in the order of their DER
 */
public record PrivateRoots(List<X509Certificate> certificates) {
    /** The most characters of a PEM text. Ten certificates of RSA keys with 4096 bits have some 20,000. */
    public static final int LONGEST_PEM = 30_000;

    /** The most certificates, repetitions not counted. */
    public static final int MOST_CERTIFICATES = 10;

    /**
     * How much of the SHA-256 is in a name, in hexadecimal digits: 160 bits. Who may choose both of two lists needs 2^80
     * attempts to give them one name, who has to meet the name of another's 2^160.
     */
    private static final int NAME_LENGTH = 40;

    private static final String FIELD = "privateRoots";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{" + NAME_LENGTH + "}");
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([^-\r\n]*)-----");
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([^-\r\n]*)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern DISTRUST_AFTER = Pattern.compile("(?m)^# Distrust after:");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    private static final int CERT_SIGN = 5;

    /**
     * @throws InvalidInputException when there is none, or when there are too many; always with the field
     *     {@code privateRoots}
     */
    public PrivateRoots {
        certificates = canonical(certificates);
        if (certificates.isEmpty()) {
            throw invalid("holds no certificate; send those of your CA as PEM (-----BEGIN CERTIFICATE-----)");
        }
        if (certificates.size() > MOST_CERTIFICATES) {
            throw invalid("holds " + certificates.size() + " certificates; at most " + MOST_CERTIFICATES
                    + ", and no public ones are needed");
        }
    }

    /**
     * Reads PEM (RFC 7468). Text around the certificates is passed over. Expired certificates are taken: who trusts one may
     * have reasons, and the checks tell what they think of it.
     *
     * @throws InvalidInputException when it is no list of CA certificates and nothing else, always with the field
     *     {@code privateRoots}; the message repeats nothing of the text
     */
    public static PrivateRoots parse(String pem) {
        if (BEGIN.matcher(pem).results().anyMatch(begin -> begin.group(1).contains("PRIVATE KEY"))) {
            throw invalid("holds a private key; send the certificates of your CA alone, and replace that key: it is "
                    + "not private any more");
        }
        if (pem.length() > LONGEST_PEM) {
            throw invalid("is " + pem.length() + " characters long; send at most " + LONGEST_PEM
                    + ", the certificates of your CA alone");
        }
        if (DISTRUST_AFTER.matcher(pem).find()) {
            throw invalid("sets a date by \"# Distrust after:\", which is not heeded here; leave that root out");
        }
        var blocks = BLOCK.matcher(pem).results().toList();
        if (blocks.isEmpty() && !pem.isBlank()
                || blocks.size() != BEGIN.matcher(pem).results().count()) {
            throw invalid("is no PEM; send whole certificates, from -----BEGIN CERTIFICATE----- to -----END "
                    + "CERTIFICATE-----");
        }
        if (!blocks.stream().allMatch(block -> block.group(1).equals("CERTIFICATE"))) {
            throw invalid("holds something else than certificates; send those of your CA alone");
        }
        var certificates = new ArrayList<X509Certificate>();
        for (var block : blocks) {
            certificates.add(certificate(block.group(2), certificates.size() + 1));
        }
        return new PrivateRoots(certificates);
    }

    /** Whether a text is a name as {@link #name} gives them. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The name: 40 lower-case hexadecimal digits of the SHA-256 of all certificates. */
    public String name() {
        var all = new ByteArrayOutputStream();
        // Each DER value says how long it is, so that no other certificates come to the same bytes.
        certificates.forEach(certificate -> all.writeBytes(der(certificate)));
        return Fingerprint.of(all.toByteArray()).substring(0, NAME_LENGTH);
    }

    /** As PEM, which {@link #parse} reads back as the same. */
    public String pem() {
        return certificates.stream()
                .map(certificate -> "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(der(certificate))
                        + "\n-----END CERTIFICATE-----\n")
                .collect(Collectors.joining());
    }

    private static List<X509Certificate> canonical(Collection<X509Certificate> certificates) {
        return certificates.stream()
                .distinct()
                .sorted(Comparator.comparing(PrivateRoots::der, Arrays::compareUnsigned))
                .toList();
    }

    private static X509Certificate certificate(String base64, int number) {
        X509Certificate certificate;
        try {
            var bytes = Base64.getMimeDecoder().decode(base64);
            certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            if (der(certificate).length != bytes.length) {
                throw new CertificateException("something follows");
            }
        } catch (CertificateException | RuntimeException unreadable) {
            // The JDK's parser throws other exceptions, too, at bytes that nobody thought of.
            throw invalid("certificate " + number + " can't be read; export it again as PEM");
        }
        if (!isAuthority(certificate)) {
            throw invalid("certificate " + number + " is not a CA's; send the one that it leads to, and no servers'");
        }
        return certificate;
    }

    /** Certificates from before version 3 can't say whether they are; who signs himself then is taken for one. */
    private static boolean isAuthority(X509Certificate certificate) {
        if (certificate.getVersion() < 3) {
            return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        }
        var usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[CERT_SIGN]);
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new AssertionError("it was read from its encoding", impossible);
        }
    }

    private static InvalidInputException invalid(String problem) {
        return new InvalidInputException(FIELD, problem);
    }
}

package dev.certtide.probe.path;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The extensions of a certificate as RFC 5280, 4.2 lays them out. Each method throws {@link MalformedDerException}. */
public final class Extensions {
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

    private Extensions() {}

    /** The extension's value without the OCTET STRING around it. */
    public static Optional<Der> of(X509Certificate certificate, String oid) {
        byte[] value = certificate.getExtensionValue(oid);
        return value == null
                ? Optional.empty()
                : Optional.of(Der.parse(Der.parse(value).as(Der.OCTET_STRING).content()));
    }

    public static boolean has(X509Certificate certificate, String oid) {
        return certificate.getExtensionValue(oid) != null;
    }

    public static boolean isCritical(X509Certificate certificate, String oid) {
        return criticalOids(certificate).contains(oid);
    }

    static Set<String> criticalOids(X509Certificate certificate) {
        Set<String> oids = certificate.getCriticalExtensionOIDs();
        return oids == null ? Set.of() : oids;
    }

    /** Whether basic constraints say that this is a CA's certificate (4.2.1.9). */
    public static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    /** How many more intermediates may follow (4.2.1.9). */
    static OptionalInt pathLength(X509Certificate certificate) {
        int length = certificate.getBasicConstraints();
        return length < 0 || length == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(length);
    }

    /**
     * The bits of the key usage (4.2.1.3), digitalSignature being the lowest. Read here, since the JDK takes one that it
     * cannot read and that is not critical for none at all.
     */
    public static Optional<Integer> keyUsage(X509Certificate certificate) {
        return of(certificate, Oids.KEY_USAGE)
                .map(usage -> usage.as(Der.BIT_STRING).bits());
    }

    /** Whether the key may sign certificates; yes, if there is no key usage at all (4.2.1.3), no, if nobody can read it. */
    public static boolean maySignCertificates(X509Certificate certificate) {
        return may(certificate, KEY_CERT_SIGN);
    }

    /** Whether the key may sign revocation lists; if there is no key usage at all, or nobody can read it, as above. */
    public static boolean maySignRevocationLists(X509Certificate certificate) {
        return may(certificate, CRL_SIGN);
    }

    /** The subject alternative names, as they are written; none if there are none. */
    public static List<GeneralName> alternativeNames(X509Certificate certificate) {
        return of(certificate, Oids.SUBJECT_ALTERNATIVE_NAME)
                .map(names -> GeneralName.all(names.as(Der.SEQUENCE)))
                .orElse(List.of());
    }

    /** The key identifier in the subject key identifier (4.2.1.2). */
    public static Optional<byte[]> subjectKeyIdentifier(X509Certificate certificate) {
        return of(certificate, Oids.SUBJECT_KEY_IDENTIFIER)
                .map(id -> id.as(Der.OCTET_STRING).content());
    }

    /** The key identifier in the authority key identifier (4.2.1.1). */
    public static Optional<byte[]> authorityKeyIdentifier(X509Certificate certificate) {
        return of(certificate, Oids.AUTHORITY_KEY_IDENTIFIER)
                .flatMap(id -> id.as(Der.SEQUENCE).reader().nextIf(Der.context(0, false)))
                .map(Der::content);
    }

    /** Whether the issuer could have signed the certificate, by their key identifiers; yes, if one has none. */
    static boolean keyIdentifiersAgree(X509Certificate certificate, X509Certificate issuer) {
        try {
            Optional<byte[]> authority = authorityKeyIdentifier(certificate);
            Optional<byte[]> subject = subjectKeyIdentifier(issuer);
            return authority.isEmpty() || subject.isEmpty() || Arrays.equals(authority.get(), subject.get());
        } catch (MalformedDerException e) {
            return true;
        }
    }

    private static boolean may(X509Certificate certificate, int usage) {
        try {
            return keyUsage(certificate).map(bits -> (bits & 1 << usage) != 0).orElse(true);
        } catch (MalformedDerException e) {
            return false;
        }
    }
}

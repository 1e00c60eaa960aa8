package dev.certtide.probe.path;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.RSAKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Verifies signatures of certificates, no more than so many: one costs up to some milliseconds of CPU, and a server can
 * send dozens of certificates that name each other. Not thread-safe: made for one judgement. What was found good is known
 * to all judgements of the process.
 */
public final class Signatures {
    /** Go's and BoringSSL's bound too; a greater key costs a client more than it is worth. */
    private static final int LARGEST_MODULUS = 8_192;

    /** The largest subgroup of FIPS 186-4, 4.2: DSA's exponents are of that size, and the cost with them. */
    private static final int LARGEST_SUBGROUP = 256;

    private static final int MOST = 100;

    /** Some megabytes; a process that checks more different certificates than this in a day verifies them again. */
    private static final VerifiedSignatures VERIFIED = new VerifiedSignatures(20_000);

    private final Map<Signature, Boolean> verified = new HashMap<>();

    private record Signature(X509Certificate certificate, PublicKey key) {}

    /** Whether the certificate is signed by that key. Beyond the bound nothing is any more. */
    public boolean verifies(X509Certificate certificate, PublicKey key) {
        Signature signature = new Signature(certificate, key);
        Boolean known = verified.get(signature);
        if (known == null) {
            known = verified.size() < MOST && isSigned(certificate, key);
            verified.put(signature, known);
        }
        return known;
    }

    /** Whether the certificate is signed by its own key, and so by nobody. */
    public static boolean isSelfSigned(X509Certificate certificate) {
        return isSelfIssued(certificate) && isSigned(certificate, certificate.getPublicKey());
    }

    /** Whether subject and issuer are the same (RFC 5280, 6.1). */
    public static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** Whether a signature by that key, of whatever it is, costs more to verify than anybody honest asks for. */
    public static boolean isTooLarge(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength() > LARGEST_MODULUS;
            case DSAKey dsa ->
                dsa.getParams() != null
                        && (dsa.getParams().getP().bitLength() > LARGEST_MODULUS
                                || dsa.getParams().getQ().bitLength() > LARGEST_SUBGROUP);
            default -> false;
        };
    }

    private static boolean isSigned(X509Certificate certificate, PublicKey key) {
        return !isTooLarge(key) && VERIFIED.verifies(certificate, key, Signatures::isFoundSigned);
    }

    /** One of the two is enough: the provider is asked first since it is faster, and the JDK knows more algorithms. */
    private static boolean isFoundSigned(X509Certificate certificate, PublicKey key) {
        return NativeSignatures.provider()
                        .map(provider -> isVerified(() -> certificate.verify(key, provider)))
                        .orElse(false)
                || isVerified(() -> certificate.verify(key));
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws GeneralSecurityException;
    }

    private static boolean isVerified(Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Whatever keeps the JDK from verifying it (RuntimeException: a key that it cannot read) keeps clients too.
            return false;
        }
    }
}

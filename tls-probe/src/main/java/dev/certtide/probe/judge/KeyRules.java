package dev.certtide.probe.judge;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECFieldFp;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Keys and signatures that clients of today refuse. */
final class KeyRules {
    /** CA/B Forum Baseline Requirements, 6.1.5; OpenSSL at security level 2, browsers for public roots. */
    private static final int SHORTEST_RSA = 2_048;

    private static final String OTHER_CURVE = "an EC key on a curve other than P-256, P-384 and P-521";
    private static final Set<Integer> CURVES = Set.of(256, 384, 521);
    private static final Pattern BROKEN_DIGEST = Pattern.compile("(MD[245]|SHA-?1)(WITH.*)?");

    private KeyRules() {}

    /** What is weak about a key, as an object: "an RSA key of 1024 bits". */
    static Optional<String> weakness(PublicKey key) {
        return switch (key) {
            case RSAKey rsa
            when rsa.getModulus().bitLength() < SHORTEST_RSA ->
                Optional.of("an RSA key of " + rsa.getModulus().bitLength() + " bits, less than " + SHORTEST_RSA);
            case RSAKey rsa -> Optional.empty();
            case ECKey ec when !CURVES.contains(sizeOf(ec)) || isKoblitzOrBrainpool(ec) -> Optional.of(OTHER_CURVE);
            case ECKey ec -> Optional.empty();
            case EdECKey edwards -> Optional.empty();
            // A curve that the JDK does not know makes a key of no particular kind.
            default ->
                Optional.of(
                        key.getAlgorithm().equals("EC")
                                ? OTHER_CURVE
                                : "a key of the kind " + key.getAlgorithm() + ", which no browser takes");
        };
    }

    /** The algorithm of a signature that can be forged. */
    static Optional<String> weakSignature(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName();
        return BROKEN_DIGEST.matcher(algorithm.toUpperCase(Locale.ROOT)).matches()
                ? Optional.of(algorithm)
                : Optional.empty();
    }

    private static int sizeOf(ECKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }

    /** secp256k1 and the Brainpool curves are of the same sizes; the NIST ones are those whose a is p - 3. */
    private static boolean isKoblitzOrBrainpool(ECKey key) {
        return !(key.getParams().getCurve().getField() instanceof ECFieldFp prime
                && key.getParams().getCurve().getA().equals(prime.getP().subtract(BigInteger.valueOf(3))));
    }
}

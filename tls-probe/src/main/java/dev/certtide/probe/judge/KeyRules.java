package dev.certtide.probe.judge;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.MalformedDerException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECFieldFp;
import java.util.Locale;
import java.util.Map;
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

    private static final String RSA_PSS = "1.2.840.113549.1.1.10";

    /** By RFC 4055, 2.1, and the names of old. */
    private static final Map<String, String> BROKEN_DIGESTS = Map.of(
            "1.3.14.3.2.26", "SHA-1",
            "1.2.840.113549.2.2", "MD2",
            "1.2.840.113549.2.4", "MD4",
            "1.2.840.113549.2.5", "MD5");

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
        if (certificate.getSigAlgOID().equals(RSA_PSS)) {
            return brokenDigestOfPss(certificate.getSigAlgParams()).map(digest -> "RSASSA-PSS with " + digest);
        }
        String algorithm = certificate.getSigAlgName();
        return BROKEN_DIGEST.matcher(algorithm.toUpperCase(Locale.ROOT)).matches()
                ? Optional.of(algorithm)
                : Optional.empty();
    }

    /** RFC 4055, 3.1: the digest stands in the parameters, and is SHA-1 where it does not. */
    private static Optional<String> brokenDigestOfPss(byte[] parameters) {
        try {
            Optional<Der> digest = parameters == null
                    ? Optional.empty()
                    : Der.parse(parameters).as(Der.SEQUENCE).reader().nextIf(Der.context(0, true));
            return digest.isEmpty()
                    ? Optional.of("SHA-1")
                    : Optional.ofNullable(BROKEN_DIGESTS.get(digest.get()
                            .reader()
                            .next(Der.SEQUENCE)
                            .reader()
                            .next(Der.OBJECT_IDENTIFIER)
                            .oid()));
        } catch (MalformedDerException e) {
            return Optional.empty(); // Then nobody can verify it either, which is told in other words.
        }
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

package dev.certtide.farm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** A key made of two primes that come with the farm. It protects nothing. */
final class KnownKey {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    private KnownKey() {}

    static KeyPair rsa8192() {
        String digits = digits();
        BigInteger p = new BigInteger(digits.substring(0, digits.length() / 2), 16);
        BigInteger q = new BigInteger(digits.substring(digits.length() / 2), 16);
        BigInteger d = EXPONENT.modInverse(p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE)));
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(p.multiply(q), EXPONENT)),
                    factory.generatePrivate(new RSAPrivateCrtKeySpec(
                            p.multiply(q),
                            EXPONENT,
                            d,
                            p,
                            q,
                            d.mod(p.subtract(BigInteger.ONE)),
                            d.mod(q.subtract(BigInteger.ONE)),
                            q.modInverse(p))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no RSA", e);
        }
    }

    private static String digits() {
        try (InputStream file = KnownKey.class.getResourceAsStream("primes-4096.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
        } catch (IOException e) {
            throw new UncheckedIOException("the primes cannot be read", e);
        }
    }
}

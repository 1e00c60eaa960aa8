package dev.certtide.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names things after their content: the same content has the same name everywhere and for ever. */
public final class Fingerprint {
    private Fingerprint() {}

    /** SHA-256 in lower-case hex, 64 characters. */
    public static String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    /** SHA-256 of the UTF-8 text in lower-case hex, 64 characters. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first 20 characters of {@link #of(String)}: enough that no two of 2^40 texts are likely to share one. */
    public static String shortOf(String text) {
        return of(text).substring(0, 20);
    }
}

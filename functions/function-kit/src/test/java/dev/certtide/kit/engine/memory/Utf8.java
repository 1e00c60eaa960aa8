package dev.certtide.kit.engine.memory;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** Texts as DynamoDB has them: it sorts and measures the bytes of their UTF-8 (Developer Guide, "Supported data types"). */
final class Utf8 {
    /** By UTF-8 bytes; null, the end of everything, comes last. */
    static final Comparator<String> ORDER = Utf8::compare;

    private Utf8() {}

    /** UTF-8 sorts by code points. UTF-16 would too, if surrogates did not come before U+E000. */
    private static int compare(String left, String right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        int both = Math.min(left.length(), right.length());
        for (int i = 0; i < both; i++) {
            if (left.charAt(i) != right.charAt(i)) {
                return rank(left.charAt(i)) - rank(right.charAt(i));
            }
        }
        return left.length() - right.length();
    }

    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
    }

    static int bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }
}

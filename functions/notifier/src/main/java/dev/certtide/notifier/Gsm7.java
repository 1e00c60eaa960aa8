package dev.certtide.notifier;

import java.text.Normalizer;

/** The alphabet of text messages (3GPP TS 23.038, 6.2.1). Pure. */
final class Gsm7 {
    /** Of one message that is not split. */
    static final int ONE_MESSAGE = 160;

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    /** Each takes two places. */
    private static final String EXTENDED = "^{}\\[~]|€";

    private Gsm7() {}

    /**
     * The text in that alphabet, as long as fits into one message: what does not exist in it is written without its
     * accents, or as {@code ?}.
     */
    static String oneMessage(String text) {
        var all = spelled(text);
        if (length(all) <= ONE_MESSAGE) {
            return all;
        }
        int end = all.length();
        while (length(all.substring(0, end)) > ONE_MESSAGE - 3) {
            end--;
        }
        return all.substring(0, end) + "...";
    }

    /** In places of the alphabet. */
    static int length(String text) {
        return text.chars().map(c -> EXTENDED.indexOf(c) >= 0 ? 2 : 1).sum();
    }

    private static String spelled(String text) {
        var spelled = new StringBuilder();
        text.codePoints().forEach(c -> spelled.append(spelled(c)));
        return spelled.toString();
    }

    private static String spelled(int c) {
        var itself = Character.toString(c);
        if (exists(itself)) {
            return itself;
        }
        var bare = Normalizer.normalize(itself, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
        return switch (itself) {
            case "…" -> "...";
            case "–", "—" -> "-";
            case "’", "‘" -> "'";
            case "“", "”" -> "\"";
            default -> !bare.isEmpty() && exists(bare) ? bare : "?";
        };
    }

    private static boolean exists(String text) {
        return text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENDED.indexOf(c) >= 0);
    }
}

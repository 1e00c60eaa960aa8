package dev.certtide.notifier;

import java.util.Arrays;
import java.util.List;

/**
 * What people read.
 *
 * @param subject one line that says it all: whose certificate, what is wrong, by when to act
 * @param body plain text
 */
record MessageText(String subject, String body) {
    /** In our own words. */
    static MessageText of(Facts facts) {
        return DefaultTexts.of(facts.notification().kind()).fill(facts);
    }

    /** Whether a part of it says nothing, which no provider takes. */
    boolean isBlank() {
        return subject.isBlank() || body.isBlank();
    }

    /** The body's paragraphs, which empty lines part. */
    List<String> paragraphs() {
        return Arrays.stream(body.strip().split("\\n(\\s*\\n)+"))
                .map(String::strip)
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }

    /** The same for where the subject stands above them: without a first one that says nothing more. */
    List<String> paragraphsBelowSubject() {
        var all = paragraphs();
        boolean isSaid = !all.isEmpty() && subject.endsWith(all.getFirst());
        return isSaid ? all.subList(1, all.size()) : all;
    }

    /** Subject and body, for where there is no place of its own for a subject. */
    String inOne() {
        return (subject + "\n\n" + String.join("\n\n", paragraphsBelowSubject())).strip();
    }

    /** The first {@code most} characters, the last of which says that there were more. */
    static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        // Half of a pair would be no character.
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}

package dev.certtide.model.json;

import dev.certtide.model.InvalidInputException;

/**
 * What the parser lets pass and we do not: a text that goes on after its value, nests without end, or holds half a
 * character.
 */
final class JsonText {
    /** Deeper than any event of ours; recursion on a hostile text must not exhaust the stack. */
    private static final int DEEPEST = 64;

    /** What the parser takes; it says of longer ones that a buffer is exceeded. */
    private static final int LONGEST_TEXT = 32_767;

    private final String text;
    private int position;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * Refuses a text that is not one JSON value as RFC 7493 (I-JSON) has them.
     *
     * @throws InvalidInputException with what is wrong; what this lets pass need not be JSON yet
     */
    static void check(String text) {
        if (text.startsWith("\uFEFF")) {
            throw invalid("begins with a byte order mark; send UTF-8 without one");
        }
        new JsonText(text).check();
    }

    private void check() {
        int depth = 0;
        boolean seenValue = false;
        boolean inWord = false;
        for (; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                inWord = false;
                continue;
            }
            boolean startsValue = c == '{' || c == '[' || c == '"';
            if (depth == 0 && (startsValue || !inWord)) {
                if (seenValue) {
                    throw invalid("goes on after the end of the JSON value");
                }
                seenValue = true;
                inWord = !startsValue;
            }
            switch (c) {
                case '"' -> passString();
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            if (depth > DEEPEST) {
                throw invalid("is nested deeper than " + DEEPEST + " levels");
            }
        }
    }

    /** From the opening quotation mark to the closing one, or to the end of the text. */
    private void passString() {
        boolean highPending = false;
        int length = 0;
        for (position++; position < text.length() && text.charAt(position) != '"'; position++) {
            char unit = nextUnit();
            if (++length > LONGEST_TEXT) {
                throw invalid("holds a text of more than " + LONGEST_TEXT + " characters");
            }
            if (Character.isLowSurrogate(unit) != highPending) {
                throw halfCharacter();
            }
            highPending = Character.isHighSurrogate(unit);
        }
        if (highPending) {
            throw halfCharacter();
        }
    }

    /** The UTF-16 code unit here, escaped or not; leaves the position on its last character. */
    private char nextUnit() {
        char c = text.charAt(position);
        if (c != '\\') {
            return c;
        }
        position++;
        boolean escaped = text.startsWith("u", position) && position + 4 < text.length();
        if (!escaped) {
            return ' ';
        }
        var hex = text.substring(position + 1, position + 5);
        if (!hex.matches("[0-9a-fA-F]{4}")) {
            return ' '; // The parser will complain.
        }
        position += 4;
        return (char) Integer.parseInt(hex, 16);
    }

    /** RFC 7493, 2.1. It could be read, but neither hashed, nor sent on, nor stored. */
    private static InvalidInputException halfCharacter() {
        return invalid("holds half of a surrogate pair, which is no character");
    }

    private static InvalidInputException invalid(String problem) {
        return new InvalidInputException("", problem);
    }
}

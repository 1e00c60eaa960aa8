package dev.certtide.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of a UTF-8 text with their numbers, one at a time, however long the text is. A byte order mark is passed over;
 * lines end with LF, CR LF or CR.
 */
final class NumberedLines {
    /**
     * What is longer is no line of a list, but a file of another kind, and is cut off there. An exported watch with ten
     * webhooks, a policy and ten private roots is shorter, and so is a message of SQS.
     */
    static final int LONGEST = 262_144;

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final BufferedReader reader;
    private long number;

    NumberedLines(InputStream text) {
        this.reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    }

    /**
     * A line.
     *
     * @param number from 1 on
     * @param text without its end
     * @param isCut whether it was longer than {@link #LONGEST}
     */
    record Line(long number, String text, boolean isCut) {}

    /** The next line, if there is one. */
    Optional<Line> next() throws IOException {
        var text = new StringBuilder();
        boolean isCut = false;
        int c = reader.read();
        if (number == 0 && c == BYTE_ORDER_MARK) {
            c = reader.read();
        }
        if (c < 0) {
            return Optional.empty();
        }
        for (; c >= 0 && c != '\n' && c != '\r'; c = reader.read()) {
            if (text.length() < LONGEST) {
                text.append((char) c);
            } else {
                isCut = true;
            }
        }
        if (c == '\r') {
            passOverLineFeed();
        }
        return Optional.of(new Line(++number, text.toString(), isCut));
    }

    private void passOverLineFeed() throws IOException {
        reader.mark(1);
        if (reader.read() != '\n') {
            reader.reset();
        }
    }
}

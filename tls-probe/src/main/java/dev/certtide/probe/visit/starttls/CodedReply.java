package dev.certtide.probe.visit.starttls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A reply of SMTP or FTP: three digits and text, over several lines if a hyphen follows the first digits, until a line
 * with the same digits and a space (RFC 959, 4.2; RFC 5321, 4.2.1).
 *
 * @param code the three digits
 * @param lines the texts without digits where lines have them
 */
record CodedReply(String code, List<String> lines) {
    private static final Pattern FIRST_LINE = Pattern.compile("[1-5][0-9][0-9]([ -].*)?");

    static CodedReply read(PlainConnection connection, String protocol) throws IOException {
        String line = connection.readLine();
        if (!FIRST_LINE.matcher(line).matches()) {
            throw new NotUpgradedException(
                    "the server does not speak " + protocol + ": it said " + PlainConnection.quote(line));
        }
        String code = line.substring(0, 3);
        List<String> lines = new ArrayList<>();
        lines.add(textOf(line));
        if (line.startsWith("-", 3)) {
            do {
                line = connection.readLine();
                lines.add(line.startsWith(code) ? textOf(line) : line);
            } while (!line.equals(code) && !line.startsWith(code + " "));
        }
        return new CodedReply(code, lines);
    }

    /** Whether it is only to be patient, since another reply will follow (RFC 959, 4.2: "positive preliminary"). */
    boolean isPreliminary() {
        return code.startsWith("1");
    }

    /** Goes on only with this code. */
    CodedReply require(String expected, String asked) throws NotUpgradedException {
        if (!code.equals(expected)) {
            throw new NotUpgradedException("the server answered " + asked + " with " + PlainConnection.quote(said()));
        }
        return this;
    }

    String said() {
        return (code + " " + lines.getFirst()).strip();
    }

    private static String textOf(String line) {
        return line.length() > 4 ? line.substring(4) : "";
    }
}

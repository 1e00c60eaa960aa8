package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Target;
import java.io.IOException;
import java.util.Locale;

/** RFC 3207: greeting, EHLO, STARTTLS if the answer offers it, 220. */
final class Smtp implements Starttls {
    /** Whoever greets must name itself (RFC 5321, 4.1.1.1); a check sends no mail and has no name to be answered at. */
    private static final String OWN_NAME = "certtide.invalid";

    @Override
    public void ask(PlainConnection connection, Target target) throws IOException {
        CodedReply.read(connection, "SMTP").require("220", "the connection");
        connection.sendLine("EHLO " + OWN_NAME);
        CodedReply extensions = CodedReply.read(connection, "SMTP").require("250", "EHLO");
        if (extensions.lines().stream()
                .noneMatch(line -> line.strip().toUpperCase(Locale.ROOT).equals("STARTTLS"))) {
            throw new NotUpgradedException("the server's answer to EHLO offers no STARTTLS");
        }
        connection.sendLine("STARTTLS");
        CodedReply.read(connection, "SMTP").require("220", "STARTTLS");
        connection.requireSilence();
    }
}

package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Target;
import java.io.IOException;

/** RFC 4217, 4: greeting, AUTH TLS, 234. */
final class Ftp implements Starttls {
    @Override
    public void ask(PlainConnection connection, Target target) throws IOException {
        CodedReply.read(connection, "FTP").require("220", "the connection");
        connection.sendLine("AUTH TLS");
        CodedReply.read(connection, "FTP").require("234", "AUTH TLS");
        connection.requireSilence();
    }
}

package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Target;
import java.io.IOException;

/** RFC 4217, 4: greeting, AUTH TLS, 234. Before the greeting a server may ask for patience (120; RFC 959, 5.4). */
final class Ftp implements Starttls {
    @Override
    public void ask(PlainConnection connection, Target target) throws IOException {
        CodedReply greeting = CodedReply.read(connection, "FTP");
        while (greeting.isPreliminary()) {
            greeting = CodedReply.read(connection, "FTP");
        }
        greeting.require("220", "the connection");
        connection.sendLine("AUTH TLS");
        CodedReply.read(connection, "FTP").require("234", "AUTH TLS");
        connection.requireSilence();
    }
}

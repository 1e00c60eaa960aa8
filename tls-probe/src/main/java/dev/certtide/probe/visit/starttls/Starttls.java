package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import java.io.IOException;

/** What is said before the client hello. Blocks until the server has answered; whoever closes the socket ends it. */
@FunctionalInterface
public interface Starttls {
    /**
     * Asks the server to go over to TLS. When this returns, the next byte on the connection is TLS.
     *
     * @param target whom the server should take itself for
     * @throws NotUpgradedException if it does not offer TLS, refuses, or speaks something else
     * @throws IOException if the connection breaks
     */
    void ask(PlainConnection connection, Target target) throws IOException;

    /** How the protocol does it; nothing is said where TLS begins at once. */
    static Starttls of(Protocol protocol) {
        return switch (protocol) {
            case HTTPS -> (connection, target) -> {};
            case SMTP -> new Smtp();
            case IMAP -> new Imap();
            case POP3 -> new Pop3();
            case LDAP -> new Ldap();
            case POSTGRES -> new Postgres();
            case MYSQL -> new Mysql();
            case FTP -> new Ftp();
            case XMPP -> new Xmpp();
        };
    }
}

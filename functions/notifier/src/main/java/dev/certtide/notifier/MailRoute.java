package dev.certtide.notifier;

import java.util.Optional;

/** By what mail is sent. */
sealed interface MailRoute {
    /** The sender's address. */
    String from();

    /**
     * A mail submission server.
     *
     * @param host its name
     * @param port 1..65535
     * @param security how the connection is protected
     * @param login user and password, if it asks for them
     * @param from the sender's address
     */
    record Smtp(String host, int port, Security security, Optional<Login> login, String from) implements MailRoute {}

    /**
     * Amazon SES in the deployment's own account.
     *
     * @param from the sender's address; it or its domain is a verified identity
     */
    record Ses(String from) implements MailRoute {}

    /** How the connection is protected. */
    enum Security {
        /** Not at all: only for a server on the same machine. */
        NONE,
        /** By STARTTLS, which must succeed (RFC 3207). */
        STARTTLS,
        /** From the first byte (RFC 8314). */
        TLS
    }

    /** A user and a password; never shown. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[hidden]";
        }
    }
}

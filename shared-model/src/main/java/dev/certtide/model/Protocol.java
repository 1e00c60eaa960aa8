package dev.certtide.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How TLS is reached on a target: at once ({@link #HTTPS}), or after the protocol's own STARTTLS exchange.
 *
 * <p>Default ports are IANA's (Service Name and Transport Protocol Port Number Registry).
 */
public enum Protocol {
    HTTPS(443),
    SMTP(25),
    IMAP(143),
    POP3(110),
    LDAP(389),
    POSTGRES(5432),
    MYSQL(3306),
    FTP(21),
    XMPP(5222);

    private final int defaultPort;

    Protocol(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The port that is meant when a URL names none, 1..65535. */
    public int defaultPort() {
        return defaultPort;
    }

    /** The URL scheme, lower case. */
    public String scheme() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The protocol of a URL scheme in any letter case. */
    public static Optional<Protocol> ofScheme(String scheme) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.scheme().equalsIgnoreCase(scheme))
                .findFirst();
    }

    static String knownSchemes() {
        return Arrays.stream(values()).map(Protocol::scheme).collect(Collectors.joining(", "));
    }
}

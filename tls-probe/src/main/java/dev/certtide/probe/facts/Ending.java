package dev.certtide.probe.facts;

import java.time.Duration;
import java.util.Optional;

/** How the visit of one address ended. */
public sealed interface Ending {
    /**
     * The handshake was completed.
     *
     * @param protocol the negotiated version, by JSSE's name: {@code TLSv1.3}
     * @param cipherSuite the negotiated suite, by its IANA name
     */
    record Completed(String protocol, String cipherSuite) implements Ending {}

    /** Nobody listens, or something on the way says so. */
    record Refused(String error) implements Ending {}

    /** There is no way from here to that network: often IPv6 on a machine without it, and no fault of the host. */
    record NoRoute(String error) implements Ending {}

    /**
     * The deadline of the check passed, or the system gave up earlier.
     *
     * @param waitingFor what had not come by then
     * @param after how long was waited, from the beginning of the check
     */
    record TimedOut(Step waitingFor, Duration after) implements Ending {}

    /**
     * The connection stood, and the handshake broke.
     *
     * @param alert the server's fatal alert by its name in RFC 8446, 6.2, if it sent one
     * @param error what was seen, for people
     */
    record HandshakeFailed(Optional<String> alert, String error) implements Ending {}

    /**
     * The server sent a certificate of its own that cannot be taken apart, so that nothing more is known of it.
     *
     * @param reason what the parser said, for people
     */
    record CertificateUnreadable(String reason) implements Ending {}

    /**
     * The server does not go over to TLS by its protocol's STARTTLS: it has none, refuses, or speaks something else.
     *
     * @param reason what was asked and what it said, for people; bounded and printable
     */
    record NotUpgraded(String reason) implements Ending {}

    /**
     * The server showed its certificate, asked for one of ours, and broke off because there is none. Nothing is wrong
     * with that.
     *
     * @param protocol the negotiated version, by JSSE's name
     * @param cipherSuite the negotiated suite, by its IANA name
     * @param error what was seen, for people
     */
    record ClientCertificateRequired(String protocol, String cipherSuite, String error) implements Ending {}

    /** Whether clients that have what the server asks of them would be connected. */
    default boolean isAnswered() {
        return this instanceof Completed || this instanceof ClientCertificateRequired;
    }

    /** What a visit waits for. */
    enum Step {
        CONNECTION,
        /** The protocol's own talk before TLS. */
        STARTTLS,
        HANDSHAKE
    }
}

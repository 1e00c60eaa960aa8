package dev.certtide.probe.visit;

import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Ending.Step;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the JDK's exceptions say about the way to a server and about the server. */
final class Failures {
    private static final Pattern RECEIVED_ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /**
     * ENETUNREACH, EADDRNOTAVAIL and EAFNOSUPPORT, in the words of the C library, which is all that the JDK passes on. The
     * last are the JDK's own, for IPv6 where it found none when it began.
     */
    private static final Pattern NO_LOCAL_ROUTE = Pattern.compile(
            "Network is unreachable|Cannot assign requested address|Address family not supported|[Pp]rotocol family unavailable");

    /**
     * What servers say to a client without a certificate whom they want to have one. By the specifications: {@code
     * certificate_required} (RFC 8446, 4.4.2.4), before that {@code handshake_failure} (RFC 5246, 7.4.6) as OpenSSL,
     * BoringSSL and JSSE say. Go says {@code bad_certificate} up to TLS 1.2, Mbed TLS {@code no_certificate}, IIS {@code
     * access_denied} or {@code certificate_unknown}; others are as near.
     */
    private static final Set<String> WANT_OF_CERTIFICATE = Set.of(
            "certificate_required",
            "handshake_failure",
            "bad_certificate",
            "no_certificate",
            "access_denied",
            "certificate_unknown",
            "unknown_ca",
            "unsupported_certificate");

    /** The end of the stream, in the words of JSSE. */
    private static final Pattern CLOSED =
            Pattern.compile("Remote host terminated the handshake|Received close_notify during handshake");

    /** ECONNRESET, and EPIPE where the server had said before that it would say no more. */
    private static final Pattern RESET = Pattern.compile("Connection reset|Broken pipe");

    private Failures() {}

    static Ending whileConnecting(Exception failure, Duration elapsed) {
        String error = String.valueOf(failure.getMessage());
        if (error.contains("timed out")) {
            // The system gave up before our deadline; how soon it does is a setting of the kernel.
            return new Ending.TimedOut(Step.CONNECTION, elapsed);
        }
        if (RESET.matcher(error).find()) {
            // Only a connection that stood can be reset: the server was faster than our look at it.
            return inHandshake(failure);
        }
        if (NO_LOCAL_ROUTE.matcher(error).find()) {
            return new Ending.NoRoute(error);
        }
        boolean isAnswer = failure instanceof ConnectException || failure instanceof NoRouteToHostException;
        return new Ending.Refused(isAnswer ? error : failure.toString());
    }

    static Ending inHandshake(Exception failure) {
        String error = words(failure);
        var alert = RECEIVED_ALERT.matcher(error);
        return new Ending.HandshakeFailed(alert.find() ? Optional.of(alert.group(1)) : Optional.empty(), error);
    }

    /**
     * Whether a server that has asked for a certificate in vain, and then breaks off so, may have done it for want of one:
     * by an alert that says so, or without a word, which is common. What is wrong with the handshake itself is no such
     * refusal, whoever finds it.
     */
    static boolean mayMeanThatACertificateIsWanted(Exception failure) {
        String error = words(failure);
        var alert = RECEIVED_ALERT.matcher(error);
        return alert.find()
                ? WANT_OF_CERTIFICATE.contains(alert.group(1))
                : failure instanceof SocketException
                        || failure.getCause() instanceof SocketException
                        || CLOSED.matcher(error).find();
    }

    /**
     * Whether JSSE broke off because of the warning by which old servers say that they do not know the name, and go on with
     * their default host. What clients make of it is "unpredictable" (RFC 6066, 3): most do not care, and to JSSE it is the
     * end.
     */
    static boolean isWarningAboutName(String error) {
        return error.contains("received handshake warning: unrecognized_name");
    }

    /** The message of the failure, or what it is. */
    static String words(Exception failure) {
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }
}

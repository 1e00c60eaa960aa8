package dev.certtide.probe.visit;

import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Ending.Step;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the JDK's exceptions say about the way to a server and about the server. */
final class Failures {
    private static final Pattern RECEIVED_ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /** ENETUNREACH and EADDRNOTAVAIL, in the words of the C library, which is all that the JDK passes on. */
    private static final Pattern NO_LOCAL_ROUTE =
            Pattern.compile("Network is unreachable|Cannot assign requested address|Address family not supported");

    private Failures() {}

    static Ending whileConnecting(Exception failure, Duration elapsed) {
        String error = String.valueOf(failure.getMessage());
        if (error.contains("timed out")) {
            // The system gave up before our deadline; how soon it does is a setting of the kernel.
            return new Ending.TimedOut(Step.CONNECTION, elapsed);
        }
        if (error.contains("Connection reset")) {
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

    /** The message of the failure, or what it is. */
    static String words(Exception failure) {
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }
}

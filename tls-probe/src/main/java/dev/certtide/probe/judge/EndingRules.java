package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import java.time.Duration;
import java.util.Optional;

/** What the ending of a visit means. */
public final class EndingRules {
    private EndingRules() {}

    /** The code that an ending stands for, none for a completed handshake. */
    public static Optional<FindingCode> codeOf(Ending ending) {
        return switch (ending) {
            case Ending.Completed completed -> Optional.empty();
            case Ending.Refused refused -> Optional.of(FindingCode.CONNECTION_REFUSED);
            case Ending.NoRoute noRoute -> Optional.of(FindingCode.CONNECTION_REFUSED);
            case Ending.TimedOut timedOut -> Optional.of(FindingCode.CONNECTION_TIMEOUT);
            case Ending.HandshakeFailed failed -> Optional.of(FindingCode.HANDSHAKE_FAILED);
            case Ending.CertificateUnreadable unreadable -> Optional.of(FindingCode.INVALID_CHAIN);
            case Ending.NotUpgraded notUpgraded -> Optional.of(FindingCode.HANDSHAKE_FAILED);
            case Ending.ClientCertificateRequired required -> Optional.of(FindingCode.CLIENT_CERTIFICATE_REQUIRED);
        };
    }

    static Optional<Defect> judge(Target target, AddressFacts address, Status unreached) {
        Status severity =
                switch (address.ending()) {
                    // It was reached, and clients refuse what it shows, whatever the other addresses do.
                    case Ending.CertificateUnreadable unreadable -> Status.CRITICAL;
                    // Whoever demands a certificate of its clients does so on purpose, for ever, and has shown its own:
                    // told, not blamed. A warning that never goes away would be switched off, and the next one with it.
                    case Ending ending when ending.isAnswered() -> Status.OK;
                    default -> unreached;
                };
        return codeOf(address.ending())
                .map(code -> new Defect(code, severity, detail(target, address.ending()) + seen(address)));
    }

    private static String detail(Target target, Ending ending) {
        String on = " on port " + target.port();
        return switch (ending) {
            case Ending.Completed completed -> "";
            case Ending.Refused(String error) ->
                "No connection" + on + " (" + Wording.printable(error) + "). Start the server, or open the port.";
            case Ending.NoRoute(String error) ->
                "There is no way from the checker to the address (" + Wording.printable(error)
                        + "). Publish an IPv4 address too.";
            case Ending.TimedOut(Ending.Step step, Duration after) ->
                switch (step) {
                    case CONNECTION ->
                        "No answer" + on + " within " + Wording.seconds(after)
                                + ". Check that the server is up and that no firewall drops the connection.";
                    case STARTTLS ->
                        "The server took the connection" + on + " and did not come to TLS by "
                                + target.protocol().scheme() + "'s STARTTLS within " + Wording.seconds(after)
                                + ". If it expects TLS from the first byte, watch it as https://"
                                + target.hostAndPort() + ".";
                    case HANDSHAKE ->
                        "The server took the connection" + on + " and did not complete the TLS handshake within "
                                + Wording.seconds(after) + ". Check that it speaks TLS there and is not overloaded.";
                };
            case Ending.HandshakeFailed(Optional<String> alert, String error) ->
                alert.map(name -> "The server broke off the TLS handshake" + on + " with the alert "
                                + Wording.printable(name) + ". Check its protocols, cipher suites and name.")
                        .orElseGet(() -> "The TLS handshake failed" + on + " (" + Wording.printable(error)
                                + "). Check that the server speaks TLS 1.2 or 1.3 there.");
            case Ending.CertificateUnreadable(String reason) ->
                "The certificate that the server shows" + on + " cannot be read (" + Wording.printable(reason)
                        + "), so programs refuse it, and nothing more can be said of it. Have it issued anew.";
            case Ending.NotUpgraded(String reason) ->
                "There is no TLS by " + target.protocol().scheme() + "'s STARTTLS" + on + ": "
                        + Wording.printable(reason) + ". Switch it on, or watch the port that has it.";
            case Ending.ClientCertificateRequired(String protocol, String cipherSuite, String error) ->
                "The server asks" + on + " for a client certificate, which a check has none of ("
                        + Wording.printable(error) + "). Nothing is to be done if that is meant.";
        };
    }

    private static String seen(AddressFacts address) {
        return address.chain().isEmpty() || address.ending().isAnswered()
                ? ""
                : " Its certificate was seen before that.";
    }
}

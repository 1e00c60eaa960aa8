package dev.certtide.farm;

import java.util.Optional;

/** The hosts of a farm: what is right or wrong with each, and what a checker should say about it. */
public enum HostKind {
    /** 60 of 90 days left. */
    GOOD("good", "ok", Optional.empty()),
    /** 10 of 90 days left. */
    EXPIRING("expiring", "warning", Optional.of("expiring")),
    /** Ended five days ago. */
    EXPIRED("expired", "critical", Optional.of("expired")),
    /** Begins in two days. */
    NOT_YET_VALID("not-yet-valid", "critical", Optional.of("not-yet-valid")),
    /** A good certificate, but for another host. */
    WRONG_HOST("wrong-host", "critical", Optional.of("hostname-mismatch")),
    /** Signed by its own key. */
    SELF_SIGNED("self-signed", "critical", Optional.of("self-signed")),
    /** A complete chain, to a root that nobody trusts. */
    UNTRUSTED_ROOT("untrusted-root", "critical", Optional.of("untrusted-root")),
    /** The leaf without its intermediate. */
    INCOMPLETE_CHAIN("incomplete-chain", "critical", Optional.of("incomplete-chain")),
    /** A port on which nobody listens. */
    REFUSING("refusing", "unreachable", Optional.of("connection-refused")),
    /** Takes the connection and never answers. */
    SLOW("slow", "unreachable", Optional.of("connection-timeout")),
    /** Answers the hello with a fatal alert. */
    HANDSHAKE_FAILING("handshake-failing", "unreachable", Optional.of("handshake-failed")),
    /** Resets the connection in the midst of the handshake. */
    RESETTING("resetting", "unreachable", Optional.of("handshake-failed"));

    private final String label;
    private final String expectedStatus;
    private final Optional<String> expectedCode;

    HostKind(String label, String expectedStatus, Optional<String> expectedCode) {
        this.label = label;
        this.expectedStatus = expectedStatus;
        this.expectedCode = expectedCode;
    }

    /** The host's name in the farm, such as {@code good.certtide.test}; {@code .test} is reserved (RFC 6761, 6.2). */
    public String hostName() {
        return label + ".certtide.test";
    }

    /** The status a check should come to: ok, warning, critical or unreachable. */
    public String expectedStatus() {
        return expectedStatus;
    }

    /** The code of the one finding that a check should have, or none. */
    public Optional<String> expectedCode() {
        return expectedCode;
    }
}

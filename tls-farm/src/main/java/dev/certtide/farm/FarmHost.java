package dev.certtide.farm;

import java.util.List;

/**
 * A host of a running farm.
 *
 * @param kind what is right or wrong with it
 * @param port where it listens on 127.0.0.1 (a fleet on other loopback addresses too), or, if it refuses, does not
 */
public record FarmHost(HostKind kind, int port) {
    /** Its DNS name, which only the farm's hosts file knows. */
    public String name() {
        return kind.hostName();
    }

    /** The status a check should come to: ok, warning, critical or unreachable. */
    public String expectedStatus() {
        return kind.expectedStatus();
    }

    /** The codes of the findings that a check should have, worst first, and no others. */
    public List<String> expectedCodes() {
        return kind.expectedCodes();
    }

    /** {@code host:port}. */
    public String authority() {
        return name() + ":" + port;
    }

    /** {@code scheme://host:port}, as it is published. */
    public String url() {
        return kind.scheme() + "://" + authority();
    }
}

package dev.certtide.benchmarks.probe;

import java.util.Arrays;
import java.util.List;

/** The parts of a check, told by whose code runs. */
enum Phase {
    SOCKETS(
            "sockets: connect, read, write, close",
            "sun.nio.ch.",
            "java.net.",
            "io.netty.channel.epoll.",
            "io.netty.channel.unix.",
            "io.netty.channel.socket."),
    SIGNATURES("signatures of the chain", "dev.certtide.probe.path.Signatures"),
    CERTIFICATES(
            "certificates parsed",
            "sun.security.x509.",
            "sun.security.provider.X509Factory",
            "java.security.cert.CertificateFactory",
            "dev.certtide.probe.path.Der"),
    HANDSHAKE(
            "TLS handshake: hello, key agreement, server's signature, records",
            "sun.security.ssl.",
            "io.netty.handler.ssl.",
            "io.netty.internal.tcnative."),
    JUDGING(
            "judging: paths, rules, findings, report",
            "dev.certtide.probe.judge.",
            "dev.certtide.probe.path.",
            "dev.certtide.probe.revocation.",
            "dev.certtide.probe.trust."),
    VISIT("visiting, apart from the above", "dev.certtide.", "io.netty."),
    THREADS("threads: start, park, switch", "java.util.concurrent.", "java.lang.", "jdk.internal.vm."),
    OTHER("other");

    /** Checks signatures, whatever package it is in. */
    private static final String VERIFICATION = "sun.security.x509.X509CertImpl.verify";

    private final String title;
    private final String[] prefixes;

    Phase(String title, String... prefixes) {
        this.title = title;
        this.prefixes = prefixes;
    }

    String title() {
        return title;
    }

    /**
     * Whose work this is: the innermost frame that says so decides, since a provider's frames only say how.
     *
     * @param frames class and method, innermost first
     */
    static Phase of(List<String> frames) {
        for (String frame : frames) {
            for (Phase phase : values()) {
                if (phase != THREADS && phase.owns(frame)) {
                    return phase;
                }
            }
        }
        return frames.stream().anyMatch(THREADS::owns) ? THREADS : OTHER;
    }

    private boolean owns(String frame) {
        return !frame.startsWith(VERIFICATION) && Arrays.stream(prefixes).anyMatch(frame::startsWith);
    }
}

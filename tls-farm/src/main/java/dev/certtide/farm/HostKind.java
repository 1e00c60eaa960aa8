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
    /** Two intermediates, the upper one sent first: browsers sort them, and some clients do not. */
    CHAIN_OUT_OF_ORDER("chain-out-of-order", "warning", Optional.of("chain-out-of-order")),
    /** Leaf, a certificate that has nothing to do with it, and the intermediate. */
    STRAY_CERTIFICATE("stray-certificate", "ok", Optional.empty()),
    /** An RSA key of 1,024 bits. */
    WEAK_KEY("weak-key", "critical", Optional.of("weak-key")),
    /** The certificate is for every name below {@code certtide.test}. */
    WILDCARD("wildcard", "ok", Optional.empty()),
    /** The host is an address, and its certificate is for that. */
    IP_ADDRESS("ip-address", "ok", Optional.empty()) {
        @Override
        public String hostName() {
            return "127.0.0.1";
        }
    },
    /** The certificate has 10,000 names, 300 KB of them. */
    TEN_THOUSAND_NAMES("ten-thousand-names", "ok", Optional.empty()),
    /** The name has an underscore, which DNS allows; JSSE's servers do not, nor do the rules for certificates. */
    UNDERSCORE("under_score", "ok", Optional.of("non-compliant")),
    /** A key on the curve P-384. */
    EC_P384("ec-p384", "ok", Optional.empty()),
    /** An Ed25519 key, which the Baseline Requirements do not allow. */
    ED25519("ed25519", "ok", Optional.of("non-compliant")),
    /** An RSA key of 2,048 bits. */
    RSA_2048("rsa-2048", "ok", Optional.empty()),
    /** Nothing newer than TLS 1.2. */
    TLS_1_2("tls-1-2", "ok", Optional.empty()),
    /** Only RSA key exchange, with AES: out of fashion, and taken by everybody. */
    RSA_KEY_EXCHANGE("rsa-key-exchange", "ok", Optional.empty()),
    /** Nothing newer than SSL 3.0. */
    SSL_3("ssl-3", "critical", Optional.of("obsolete-protocol")),
    /** Nothing newer than TLS 1.0. */
    TLS_1_0("tls-1-0", "critical", Optional.of("obsolete-protocol")),
    /** Nothing newer than TLS 1.1. */
    TLS_1_1("tls-1-1", "critical", Optional.of("obsolete-protocol")),
    /** Only RC4. */
    RC4("rc4", "critical", Optional.of("weak-cipher")),
    /** Only 3DES. */
    TRIPLE_DES("triple-des", "critical", Optional.of("weak-cipher")),
    /** Authentication without encryption. */
    NULL_CIPHER("null-cipher", "critical", Optional.of("weak-cipher")),
    /** Only Diffie-Hellman in a group of 1,024 bits. */
    DH_1024("dh-1024", "critical", Optional.of("weak-cipher")),
    /** Encryption without authentication: no certificate at all. */
    ANONYMOUS("anonymous", "critical", Optional.of("no-certificate")),
    /** Lets nobody in without a certificate; says so after the handshake, as TLS 1.3 has it. */
    CLIENT_CERTIFICATE_REQUIRED("client-certificate-required", "ok", Optional.of("client-certificate-required")),
    /** Lets nobody in without a certificate; says so in the handshake, as TLS 1.2 has it. */
    CLIENT_CERTIFICATE_REQUIRED_TLS_1_2(
            "client-certificate-required-tls-1-2", "ok", Optional.of("client-certificate-required")),
    /** Asks for a certificate and goes on without. */
    CLIENT_CERTIFICATE_OPTIONAL("client-certificate-optional", "ok", Optional.empty()),
    /** Two addresses, each with a certificate of its own. */
    SPLIT_FLEET("split-fleet", "warning", Optional.of("split-fleet")),
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

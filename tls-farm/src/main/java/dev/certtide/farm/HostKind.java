package dev.certtide.farm;

import static dev.certtide.farm.StarttlsScript.FTP;
import static dev.certtide.farm.StarttlsScript.IMAP;
import static dev.certtide.farm.StarttlsScript.LDAP;
import static dev.certtide.farm.StarttlsScript.MYSQL;
import static dev.certtide.farm.StarttlsScript.POP3;
import static dev.certtide.farm.StarttlsScript.POSTGRES;
import static dev.certtide.farm.StarttlsScript.SMTP;
import static dev.certtide.farm.StarttlsScript.XMPP;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts of a farm: what is right or wrong with each, and what a checker should find. The constants are the one place
 * where that is said; tests and {@code docs/farm.md} follow them.
 */
public enum HostKind {
    GOOD(ok(), "60 of 90 days are left"),

    EXPIRING(warning("expiring"), "10 of 90 days are left"),
    EXPIRING_IN_DAYS(critical("expiring"), "3 of 90 days are left"),
    EXPIRED(critical("expired"), "ended five days ago"),
    EXPIRED_YEARS_AGO(critical("expired"), "ended three years ago"),
    NOT_YET_VALID(critical("not-yet-valid"), "begins in two days"),
    SHORT_LIVED(ok(), "lives for 160 hours, of which 100 are left"),
    LONG_LIVED(ok(), "was issued for ten years, as private authorities do"),

    WRONG_HOST(critical("hostname-mismatch"), "a good certificate, but for another host"),
    WRONG_HOST_AND_EXPIRED(critical("expired", "hostname-mismatch"), "another host's, and that one's old one"),
    WILDCARD(ok(), "is for every name directly below certtide.test"),
    WILDCARD_TOO_DEEP(critical("hostname-mismatch"), "a wildcard stands for one label, and the host has two there"),
    NO_ALTERNATIVE_NAME(critical("san-missing"), "has the host as its common name only"),
    NO_COMMON_NAME(ok(), "has the host as its alternative name only, as newer certificates do"),
    NO_SUBJECT(ok(), "has no subject at all; its alternative names are critical, as that demands"),
    INTERNATIONAL_NAME(ok(), "the host is bücher.certtide.test, in A-labels"),
    UNDERSCORE(
            ok("non-compliant"), "the name has an underscore, which DNS allows and the rules for certificates do not"),
    IP_ADDRESS(ok(), "the host is an address, and its certificate is for that"),
    IP_ADDRESS_AS_NAME(critical("hostname-mismatch", "non-compliant"), "the address is in it as if it were a DNS name"),
    ONE_THOUSAND_NAMES(ok(), "has 1,000 names"),
    TEN_THOUSAND_NAMES(ok(), "has 10,000 names, 300 KB of them"),
    SERVER_NAME_NEEDED(ok(), "shows the certificate only to those who ask for it by name (SNI)"),

    SELF_SIGNED(critical("self-signed"), "is signed by its own key"),
    SELF_SIGNED_AND_EXPIRED(
            critical("expired", "self-signed"), "is signed by its own key, and old, as on many appliances"),
    UNTRUSTED_ROOT(critical("untrusted-root"), "a complete chain, to a root that nobody trusts"),
    UNTRUSTED_ROOT_SENT(critical("untrusted-root"), "the same with that root sent along"),
    NAMESAKE_ROOT(critical("untrusted-root"), "its root has the name of a trusted one, and another key"),
    DISTRUSTED_CA(
            critical("distrusted-ca"), "leads to a root that is trusted for older certificates only, says root.pem"),
    INCOMPLETE_CHAIN(critical("incomplete-chain"), "comes without its intermediate"),
    WRONG_INTERMEDIATE(critical("incomplete-chain"), "comes with the intermediate of another authority"),
    NAMESAKE_INTERMEDIATE(critical("invalid-chain"), "comes with an intermediate of the right name and another key"),
    CHAIN_OUT_OF_ORDER(
            warning("chain-out-of-order"),
            "the upper intermediate comes first: browsers sort them, some clients do not"),
    STRAY_CERTIFICATE(ok(), "sends a certificate in between that has nothing to do with it"),
    UNREADABLE_STRAY(
            warning("invalid-chain"),
            "sends a certificate in between that cannot be read: browsers do not care, Java and Go do"),
    DUPLICATE_CERTIFICATES(ok(), "sends every certificate twice"),
    ROOT_SENT(ok(), "sends the root along, which nobody needs"),
    LONG_CHAIN(ok(), "has four intermediates"),
    CROSS_SIGNED(ok(), "its intermediate is signed by a trusted root and by another, and both are sent"),
    EXPIRED_CROSS_SIGN(ok(), "sends its root as an expired root has signed it; there is a shorter path without that"),
    EXPIRED_INTERMEDIATE(critical("invalid-chain"), "its intermediate ended yesterday"),
    INTERMEDIATE_EXPIRING(warning("intermediate-expiring"), "its intermediate ends in 20 days, a month before itself"),
    ISSUER_NO_AUTHORITY(critical("invalid-chain"), "is signed by a certificate that is no authority's"),
    ISSUER_MAY_NOT_SIGN(critical("invalid-chain"), "its intermediate may not sign certificates, says its key usage"),
    ISSUER_FOR_CLIENTS(critical("invalid-chain"), "its intermediate is for the certificates of clients only"),
    PATH_TOO_LONG(critical("invalid-chain"), "has an intermediate more than the upper one allows"),
    NAME_CONSTRAINT_KEPT(ok(), "its intermediate may sign for certtide.test only"),
    NAME_CONSTRAINT_BROKEN(critical("invalid-chain"), "its intermediate may sign for example.com only"),
    BAD_SIGNATURE(critical("invalid-chain"), "its signature is one bit off"),
    FOR_CLIENTS(critical("invalid-chain"), "is a client's certificate, says its extended key usage"),
    UNKNOWN_CRITICAL_EXTENSION(critical("invalid-chain"), "has a critical extension that nobody knows"),
    UNREADABLE(critical("invalid-chain"), "has alternative names that cannot be read, and are critical"),
    VERSION_1(critical("san-missing", "non-compliant"), "is of version 1, which has no extensions"),

    WEAK_KEY(critical("weak-key"), "an RSA key of 1,024 bits"),
    DSA(critical("weak-key", "weak-cipher"), "a DSA key, and the suites that go with it"),
    RSA_2048(ok(), "an RSA key of 2,048 bits"),
    RSA_8192(ok(), "an RSA key of 8,192 bits"),
    EC_P384(ok(), "a key on the curve P-384"),
    EC_P521(ok(), "a key on the curve P-521"),
    ED25519(critical("weak-key", "non-compliant"), "an Ed25519 key, which programs take and no browser does"),
    SHA1_SIGNATURE(critical("weak-signature"), "is signed with SHA-1"),
    SHA1_INTERMEDIATE(critical("weak-signature"), "its intermediate is signed with SHA-1"),
    MD5_SIGNATURE(critical("weak-signature"), "is signed with MD5"),
    KEY_MISMATCH(critical("handshake-failed"), "the server's key is not the one in its certificate"),
    KEY_FOR_ENCIPHERMENT(critical("invalid-chain"), "its RSA key may only encipher, says its key usage, and signs"),
    KEY_FOR_AGREEMENT(critical("invalid-chain"), "its EC key may only agree on keys, says its key usage, and signs"),
    KEY_FOR_RSA_KEY_EXCHANGE(ok(), "its RSA key may only encipher, and has nothing else to do in RSA key exchange"),

    TLS_1_3(ok(), "nothing older than TLS 1.3"),
    TLS_1_2(ok(), "nothing newer than TLS 1.2"),
    TLS_1_1(critical("obsolete-protocol"), "nothing newer than TLS 1.1"),
    TLS_1_0(critical("obsolete-protocol"), "nothing newer than TLS 1.0"),
    TLS_1_0_WARNING(
            critical("obsolete-protocol"),
            "nothing newer than TLS 1.0, and a warning to those who ask for a host by name (SNI)"),
    TLS_1_0_DEAF(
            critical("obsolete-protocol"), "nothing newer than TLS 1.0, and not a word to those who offer TLS 1.3"),
    SSL_3(critical("obsolete-protocol"), "nothing newer than SSL 3.0"),
    CHACHA20(ok(), "only ChaCha20-Poly1305"),
    CBC(ok(), "only AES in CBC mode: out of fashion, and taken by everybody"),
    RSA_KEY_EXCHANGE(ok(), "only RSA key exchange, with AES: out of fashion, and taken by everybody"),
    RC4(critical("weak-cipher"), "only RC4"),
    TRIPLE_DES(critical("weak-cipher"), "only 3DES"),
    EXPORT(critical("obsolete-protocol", "weak-cipher"), "only suites of 40 bits, once made for export"),
    NULL_CIPHER(critical("weak-cipher"), "authentication without encryption"),
    DH_1024(critical("weak-cipher"), "only Diffie-Hellman in a group of 1,024 bits"),
    ANONYMOUS(critical("no-certificate"), "encryption without authentication: no certificate at all"),
    NO_COMMON_APPLICATION(ok(), "speaks MQTT, and refuses those who offer HTTP (ALPN)"),
    CLIENT_CERTIFICATE_REQUIRED(
            ok("client-certificate-required"),
            "lets nobody in without a certificate; says so after the handshake (TLS 1.3)"),
    CLIENT_CERTIFICATE_REQUIRED_TLS_1_2(
            ok("client-certificate-required"),
            "lets nobody in without a certificate; says so in the handshake (TLS 1.2)"),
    CLIENT_CERTIFICATE_OPTIONAL(ok(), "asks for a certificate and goes on without"),

    SPLIT_FLEET(warning("split-fleet"), "two addresses, each with a certificate of its own"),
    HALF_DOWN(warning("connection-refused"), "two addresses, and nobody listens on one of them"),
    REFUSING(unreachable("connection-refused"), "a port on which nobody listens"),
    SLOW(unreachable("connection-timeout"), "takes the connection and never answers"),
    DRIP_FEED(unreachable("connection-timeout"), "answers with one byte every 200 ms"),
    HANDSHAKE_FAILING(unreachable("handshake-failed"), "answers the hello with a fatal alert"),
    NAME_REFUSED(unreachable("handshake-failed"), "knows no host of that name, and says so by an alert"),
    RESETTING(unreachable("handshake-failed"), "resets the connection in the midst of the handshake"),
    RESETTING_AT_ONCE(unreachable("handshake-failed"), "resets the connection before the hello"),
    CLOSING(unreachable("handshake-failed"), "closes the connection after the hello"),
    PLAIN_HTTP(unreachable("handshake-failed"), "speaks HTTP without TLS"),
    SSH(unreachable("handshake-failed"), "speaks SSH"),
    HUGE_RECORD(unreachable("handshake-failed"), "announces a record of four times the size that is allowed"),
    ENDLESS_MESSAGE(unreachable("handshake-failed"), "sends a handshake message of 16 MB, over and over"),
    ENDLESS_WARNINGS(unreachable("handshake-failed"), "sends warnings without end"),

    NOT_REVOKED(ok(), "names a revocation list, and is not on it"),
    REVOKED(critical("revoked"), "is on the revocation list that it names"),
    REVOKED_INTERMEDIATE(critical("revoked"), "comes with an intermediate that is on a revocation list"),
    REVOCATION_LIST_MISSING(ok(), "names a revocation list that is not there"),
    REVOCATION_LIST_OUT_OF_DATE(ok(), "names a revocation list whose successor was due yesterday"),
    INTERMEDIATE_ELSEWHERE(critical("incomplete-chain"), "comes without its intermediate, and names where that is"),
    REVOKED_STAPLED(critical("revoked"), "staples a response that says that the certificate is revoked"),
    REVOKED_STAPLED_OUT_OF_DATE(critical("revoked"), "staples a response that said so until two days ago"),
    STAPLE_OUT_OF_DATE(ok("non-compliant"), "staples a response that ended two days ago"),
    MUST_STAPLE(warning("invalid-chain"), "requires a stapled response, and the server sends none"),
    MUST_STAPLE_KEPT(ok(), "requires a stapled response, and the server sends one"),

    SMTP_GOOD(SMTP, ok(), "a mail server with all in order"),
    SMTP_EXPIRED(SMTP, critical("expired"), "a mail server whose certificate ended five days ago"),
    SMTP_TLS_1_0(SMTP, critical("obsolete-protocol"), "a mail server with nothing newer than TLS 1.0"),
    SMTP_NO_STARTTLS(SMTP, unreachable("handshake-failed"), "a mail server without TLS"),
    SMTP_INJECTING(SMTP, unreachable("handshake-failed"), "plain text after the go-ahead (CVE-2011-0411)"),
    SMTP_ENDLESS_BANNER(SMTP, unreachable("handshake-failed"), "a greeting without end"),
    SMTP_IMPLICIT_TLS(SMTP, unreachable("connection-timeout"), "expects TLS from the first byte, as on port 465"),
    IMAP_GOOD(IMAP, ok(), "a mail store with all in order"),
    IMAP_WRONG_HOST(IMAP, critical("hostname-mismatch"), "a mail store with another host's certificate"),
    IMAP_NO_STARTTLS(IMAP, unreachable("handshake-failed"), "a mail store without TLS"),
    POP3_GOOD(POP3, ok(), "a mailbox with all in order"),
    POP3_EXPIRING(POP3, warning("expiring"), "a mailbox with 10 of 90 days left"),
    POP3_NO_STARTTLS(POP3, unreachable("handshake-failed"), "a mailbox without TLS"),
    LDAP_GOOD(LDAP, ok(), "a directory with all in order"),
    LDAP_INCOMPLETE_CHAIN(LDAP, critical("incomplete-chain"), "a directory that forgot its intermediate"),
    LDAP_NO_STARTTLS(LDAP, unreachable("handshake-failed"), "a directory without TLS"),
    POSTGRES_GOOD(POSTGRES, ok(), "a database with all in order"),
    POSTGRES_SELF_SIGNED(POSTGRES, critical("self-signed"), "a database with the certificate that its installer made"),
    POSTGRES_NO_STARTTLS(POSTGRES, unreachable("handshake-failed"), "a database without TLS"),
    MYSQL_GOOD(MYSQL, ok(), "a database with all in order"),
    MYSQL_UNTRUSTED_ROOT(MYSQL, critical("untrusted-root"), "a database with a root of its own"),
    MYSQL_NO_STARTTLS(MYSQL, unreachable("handshake-failed"), "a database without TLS"),
    FTP_GOOD(FTP, ok(), "a file server with all in order"),
    FTP_NOT_YET_VALID(FTP, critical("not-yet-valid"), "a file server whose certificate begins in two days"),
    FTP_NO_STARTTLS(FTP, unreachable("handshake-failed"), "a file server without TLS"),
    XMPP_GOOD(XMPP, ok(), "a chat server with all in order"),
    XMPP_WEAK_KEY(XMPP, critical("weak-key"), "a chat server with an RSA key of 1,024 bits"),
    XMPP_NO_STARTTLS(XMPP, unreachable("handshake-failed"), "a chat server without TLS");

    private final Optional<StarttlsScript> starttls;
    private final Expected expected;
    private final String what;

    HostKind(Expected expected, String what) {
        this(Optional.empty(), expected, what);
    }

    HostKind(StarttlsScript starttls, Expected expected, String what) {
        this(Optional.of(starttls), expected, what);
    }

    HostKind(Optional<StarttlsScript> starttls, Expected expected, String what) {
        this.starttls = starttls;
        this.expected = expected;
        this.what = what;
    }

    private record Expected(String status, List<String> codes) {}

    private static Expected ok(String... codes) {
        return new Expected("ok", List.of(codes));
    }

    private static Expected warning(String... codes) {
        return new Expected("warning", List.of(codes));
    }

    private static Expected critical(String... codes) {
        return new Expected("critical", List.of(codes));
    }

    private static Expected unreachable(String... codes) {
        return new Expected("unreachable", List.of(codes));
    }

    /** What the kind is called, for example {@code wrong-host}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is right or wrong with it, in a few words without a full stop. */
    public String what() {
        return what;
    }

    /** The host's name in the farm, such as {@code good.certtide.test}; {@code .test} is reserved (RFC 6761, 6.2). */
    public String hostName() {
        return switch (this) {
            case IP_ADDRESS, IP_ADDRESS_AS_NAME -> "127.0.0.1";
            case UNDERSCORE -> "under_score.certtide.test";
            case WILDCARD_TOO_DEEP -> "www.wildcard-too-deep.certtide.test";
            case INTERNATIONAL_NAME -> "xn--bcher-kva.certtide.test";
            default -> label() + ".certtide.test";
        };
    }

    /** The scheme of its URL: {@code https}, or a protocol with STARTTLS such as {@code smtp}. */
    public String scheme() {
        return starttls.map(script -> script.name().toLowerCase(Locale.ROOT)).orElse("https");
    }

    /** What is said before TLS, if it does not begin at once. */
    public Optional<StarttlsScript> starttls() {
        return starttls;
    }

    /** The status a check should come to: ok, warning, critical or unreachable. */
    public String expectedStatus() {
        return expected.status();
    }

    /** The codes of the findings that a check should have, worst first, and no others. */
    public List<String> expectedCodes() {
        return expected.codes();
    }

    /** Whether a check of it takes as long as it is given. */
    public boolean outlastsTheDeadline() {
        return expected.codes().contains("connection-timeout");
    }

    /** Whether there is more than one address behind its name. */
    public boolean isFleet() {
        return this == SPLIT_FLEET || this == HALF_DOWN;
    }
}

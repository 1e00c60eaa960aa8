package dev.certtide.farm;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Opens the servers of a farm: how each kind of host behaves. */
final class KindServers {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final List<InetAddress> SECOND_LOOPBACKS =
            List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("::1"));
    private static final int PORT_ATTEMPTS = 10;

    private final KindCertificates certificates;
    private final Consumer<AutoCloseable> opened;

    /** @param opened is given each server that was opened, to be closed with the farm */
    KindServers(KindCertificates certificates, Consumer<AutoCloseable> opened) {
        this.certificates = certificates;
        this.opened = opened;
    }

    /**
     * Where a host is.
     *
     * @param port the same on all addresses
     */
    record Place(int port, List<InetAddress> addresses) {
        private Place(int port) {
            this(port, List.of(LOOPBACK));
        }
    }

    Place open(HostKind kind) {
        Optional<Listener.Conversation> conversation = conversation(kind);
        if (conversation.isPresent()) {
            return new Place(open(Listener.start(conversation.get()), Listener::port));
        }
        return switch (kind) {
            case REFUSING -> new Place(open(UnusedPort.reserve(), UnusedPort::port));
            case SPLIT_FLEET ->
                openTwo(
                        kind,
                        (second, port) -> TlsServer.start(
                                second, port, certificates.issue(kind.hostName(), Duration.ofDays(50))));
            case HALF_DOWN -> openTwo(kind, UnusedPort::reserve);
            // JSSE's servers break off when they are asked for a name with an underscore.
            case UNDERSCORE -> bare(kind, BareTlsServer.Extras.NONE);
            case REVOKED_STAPLED, REVOKED_STAPLED_OUT_OF_DATE, STAPLE_OUT_OF_DATE, MUST_STAPLE_KEPT -> stapling(kind);
            case NO_COMMON_APPLICATION -> bare(kind, new BareTlsServer.Extras(Optional.empty(), List.of("mqtt")));
            case SERVER_NAME_NEEDED ->
                place(TlsServer.start(
                        kind.hostName(),
                        new Once<>(() -> certificates.of(kind)),
                        new Once<>(certificates::ofAnotherHost)));
            default -> place(TlsServer.start(new Once<>(() -> certificates.of(kind)), offer(kind), preface(kind)));
        };
    }

    private static Offer offer(HostKind kind) {
        return switch (kind) {
            case TLS_1_3 -> Offer.protocols("TLSv1.3");
            case TLS_1_2 -> Offer.protocols("TLSv1.2");
            case TLS_1_1 -> Offer.protocols("TLSv1.1");
            case TLS_1_0, SMTP_TLS_1_0 -> Offer.protocols("TLSv1");
            case TLS_1_0_WARNING -> Offer.protocols("TLSv1").with(Offer.Welcome.WARNING_ABOUT_NAMES);
            case TLS_1_0_DEAF -> Offer.protocols("TLSv1").with(Offer.Welcome.DEAF_TO_TLS_1_3);
            case SSL_3 -> Offer.protocols("SSLv3");
            case CHACHA20 -> Offer.suites("_ECDHE_ECDSA_WITH_CHACHA20_");
            case CBC -> Offer.suites("_ECDHE_ECDSA_WITH_AES_128_CBC_SHA");
            case RC4 -> Offer.suites("_RC4_");
            case TRIPLE_DES -> Offer.suites("_3DES_");
            case EXPORT -> Offer.suites("_RSA_EXPORT_").in("TLSv1");
            case NULL_CIPHER -> Offer.suites("_NULL_");
            case ANONYMOUS -> Offer.suites("_anon_WITH_AES");
            case DSA -> Offer.suites("_DHE_DSS_WITH_AES");
            case DH_1024 -> Offer.suites("_DHE_RSA_WITH_AES");
            case RSA_KEY_EXCHANGE, KEY_FOR_RSA_KEY_EXCHANGE -> Offer.suites("TLS_RSA_WITH_AES");
            case CLIENT_CERTIFICATE_REQUIRED -> Offer.protocols("TLSv1.3").to(Offer.Clients.WITH_A_CERTIFICATE);
            case CLIENT_CERTIFICATE_REQUIRED_TLS_1_2 ->
                Offer.protocols("TLSv1.2").to(Offer.Clients.WITH_A_CERTIFICATE);
            case CLIENT_CERTIFICATE_OPTIONAL -> Offer.TODAY.to(Offer.Clients.ASKED_FOR_A_CERTIFICATE);
            default -> Offer.TODAY;
        };
    }

    private static Preface preface(HostKind kind) {
        StarttlsScript.Manner manner =
                switch (kind) {
                    case SMTP_NO_STARTTLS,
                            IMAP_NO_STARTTLS,
                            POP3_NO_STARTTLS,
                            LDAP_NO_STARTTLS,
                            POSTGRES_NO_STARTTLS,
                            MYSQL_NO_STARTTLS,
                            FTP_NO_STARTTLS,
                            XMPP_NO_STARTTLS -> StarttlsScript.Manner.UNWILLING;
                    case SMTP_INJECTING -> StarttlsScript.Manner.INJECTING;
                    default -> StarttlsScript.Manner.WILLING;
                };
        return kind == HostKind.SMTP_IMPLICIT_TLS
                ? Preface.NONE
                : kind.starttls().map(script -> script.in(manner)).orElse(Preface.NONE);
    }

    /** What those say that never come to TLS. */
    private static Optional<Listener.Conversation> conversation(HostKind kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case SLOW -> Misbehaviour.SILENCE;
                    case DRIP_FEED -> Misbehaviour.DRIP_FEED;
                    case HANDSHAKE_FAILING -> Misbehaviour.HANDSHAKE_FAILURE_ALERT;
                    case NAME_REFUSED -> Misbehaviour.UNRECOGNIZED_NAME_ALERT;
                    case RESETTING -> Misbehaviour.RESET_AFTER_HELLO;
                    case RESETTING_AT_ONCE -> Misbehaviour.RESET_AT_ONCE;
                    case CLOSING -> Misbehaviour.CLOSE_AFTER_HELLO;
                    case PLAIN_HTTP -> Misbehaviour.PLAIN_TEXT;
                    case SSH -> RudeGreeting.OTHER_PROTOCOL;
                    case HUGE_RECORD -> Misbehaviour.HUGE_RECORD;
                    case ENDLESS_MESSAGE -> Misbehaviour.ENDLESS_GARBAGE;
                    case ENDLESS_WARNINGS -> Misbehaviour.ENDLESS_WARNINGS;
                    case SMTP_ENDLESS_BANNER -> RudeGreeting.ENDLESS_BANNER;
                    default -> null;
                });
    }

    /** The second address is taken from what the system has on loopback: macOS has 127.0.0.1 only, but ::1. */
    private Place openTwo(HostKind kind, SecondServer secondServer) {
        RuntimeException failure = null;
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            TlsServer first = TlsServer.start(certificates.of(kind));
            for (InetAddress second : SECOND_LOOPBACKS) {
                try {
                    opened.accept(secondServer.open(second, first.port()));
                    return new Place(open(first, TlsServer::port), List.of(LOOPBACK, second));
                } catch (UncheckedIOException e) {
                    // No such address here, or the port is somebody else's there.
                    failure = e;
                }
            }
            first.close();
        }
        throw new IllegalStateException("no port is free on two loopback addresses", failure);
    }

    @FunctionalInterface
    private interface SecondServer {
        AutoCloseable open(InetAddress address, int port);
    }

    private Place bare(HostKind kind, BareTlsServer.Extras extras) {
        return new Place(open(BareTlsServer.start(certificates.of(kind), extras), BareTlsServer::port));
    }

    private Place stapling(HostKind kind) {
        Identity identity = certificates.of(kind);
        var extras = new BareTlsServer.Extras(certificates.staple(kind, identity), List.of());
        return new Place(open(BareTlsServer.start(identity, extras), BareTlsServer::port));
    }

    private Place place(TlsServer server) {
        return new Place(open(server, TlsServer::port));
    }

    private <T extends AutoCloseable> int open(T server, Function<T, Integer> port) {
        opened.accept(server);
        return port.apply(server);
    }
}

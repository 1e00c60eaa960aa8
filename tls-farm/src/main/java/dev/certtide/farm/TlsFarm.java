package dev.certtide.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One server of every {@link HostKind}, on loopback, with a certificate authority of its own. Dates are relative to the
 * instant at which the farm was started. More servers can be added while it runs. Thread-safe; closing stops all.
 */
public final class TlsFarm implements AutoCloseable {
    static {
        ObsoleteTls.permit();
    }

    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final List<InetAddress> SECOND_LOOPBACKS =
            List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("::1"));
    private static final int PORT_ATTEMPTS = 10;

    private final InstantSource clock;
    private final CertificateAuthority authority;
    private final ConcurrentLinkedDeque<AutoCloseable> running = new ConcurrentLinkedDeque<>();
    private final Identity rsa;
    private final List<FarmHost> hosts;
    private final Map<String, Set<String>> addressesByName = new TreeMap<>();

    private TlsFarm(InstantSource clock) {
        this.clock = clock;
        this.authority = CertificateAuthority.create("Certtide farm", clock.instant());
        // One key for all that need RSA: making one takes longer than the rest of the farm.
        this.rsa = authority.issue(LeafRequest.forName(HostKind.RSA_2048.hostName(), validity(Duration.ofDays(60)))
                .with(KeyKind.RSA_2048)
                .naming(Stream.of(HostKind.RSA_2048, HostKind.RSA_KEY_EXCHANGE, HostKind.DH_1024)
                        .map(HostKind::hostName)
                        .toList()));
        this.hosts = openAll();
    }

    /** Starts a farm whose certificates are dated from now. */
    public static TlsFarm start() {
        return start(InstantSource.system());
    }

    /** Starts a farm whose certificates are dated from the given clock. */
    public static TlsFarm start(InstantSource clock) {
        return new TlsFarm(clock);
    }

    /** Every host of the farm, in the order of {@link HostKind}. */
    public List<FarmHost> hosts() {
        return hosts;
    }

    /** The host of this kind. */
    public FarmHost host(HostKind kind) {
        return hosts.get(kind.ordinal());
    }

    /** The authority that a client of this farm trusts. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** The root to trust, in PEM. */
    public String rootPem() {
        return authority.rootPem();
    }

    /** Lines of an /etc/hosts file for every host, those added by {@link #serve} included. */
    public String hostsFile() {
        synchronized (addressesByName) {
            return addressesByName.entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().map(address -> address + " " + entry.getKey() + "\n"))
                    .collect(Collectors.joining());
        }
    }

    /** Writes {@link #rootPem()} to a file and returns it. */
    public Path writeRootPem(Path file) throws IOException {
        return Files.writeString(file, rootPem());
    }

    /** Writes {@link #hostsFile()} to a file and returns it. */
    public Path writeHostsFile(Path file) throws IOException {
        return Files.writeString(file, hostsFile());
    }

    /**
     * Starts one more server and adds its name to the hosts file. It is stopped with the farm, or earlier by its own
     * {@code close}; its certificate is renewed by {@link TlsServer#present}.
     */
    public TlsServer serve(String name, Identity identity) {
        TlsServer server = opened(TlsServer.start(identity));
        addAddress(name, LOOPBACK);
        return server;
    }

    /** A certificate from this farm's authority for one name, 90 days long, with this much of it left. */
    public Identity issue(String name, Duration left) {
        return authority.issue(LeafRequest.forName(name, validity(left)));
    }

    @Override
    public void close() {
        for (AutoCloseable server = running.poll(); server != null; server = running.poll()) {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("a server of the farm cannot be stopped", e);
            }
        }
    }

    private List<FarmHost> openAll() {
        List<FarmHost> opened = new ArrayList<>();
        try {
            for (HostKind kind : HostKind.values()) {
                opened.add(new FarmHost(kind, open(kind)));
                addAddress(kind.hostName(), LOOPBACK);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        return List.copyOf(opened);
    }

    private int open(HostKind kind) {
        String name = kind.hostName();
        return switch (kind) {
            case GOOD -> show(issue(name, Duration.ofDays(60)));
            case EXPIRING -> show(issue(name, Duration.ofDays(10)));
            case EXPIRED -> show(issue(name, Duration.ofDays(-5)));
            case NOT_YET_VALID -> show(issue(name, LIFETIME.plusDays(2)));
            case WRONG_HOST -> show(issue("another.certtide.test", Duration.ofDays(60)));
            case SELF_SIGNED -> show(Issuer.selfSigned(LeafRequest.forName(name, validity(Duration.ofDays(60)))));
            case UNTRUSTED_ROOT ->
                show(CertificateAuthority.create("Nobody's", clock.instant())
                        .issue(LeafRequest.forName(name, validity(Duration.ofDays(60)))));
            case INCOMPLETE_CHAIN -> show(issue(name, Duration.ofDays(60)).withoutIntermediates());
            case CHAIN_OUT_OF_ORDER -> show(outOfOrder(name));
            case STRAY_CERTIFICATE -> show(withStray(issue(name, Duration.ofDays(60))));
            case WEAK_KEY -> show(authority.issue(request(name).with(KeyKind.RSA_1024)));
            case WILDCARD -> show(issue("*.certtide.test", Duration.ofDays(60)));
            case IP_ADDRESS, TLS_1_2, TLS_1_1, TLS_1_0, SSL_3, RC4, TRIPLE_DES, NULL_CIPHER, ANONYMOUS ->
                show(issue(name, Duration.ofDays(60)), offer(kind));
            case CLIENT_CERTIFICATE_REQUIRED, CLIENT_CERTIFICATE_REQUIRED_TLS_1_2, CLIENT_CERTIFICATE_OPTIONAL ->
                show(issue(name, Duration.ofDays(60)), offer(kind));
            case RSA_2048, RSA_KEY_EXCHANGE, DH_1024 -> show(rsa, offer(kind));
            case TEN_THOUSAND_NAMES -> show(authority.issue(request(name).naming(tenThousandNamesAnd(name))));
            case UNDERSCORE ->
                opened(BareTlsServer.start(issue(name, Duration.ofDays(60)), BareTlsServer.Extras.NONE))
                        .port();
            case EC_P384 -> show(authority.issue(request(name).with(KeyKind.EC_P384)));
            case ED25519 -> show(authority.issue(request(name).with(KeyKind.ED25519)));
            case SPLIT_FLEET -> showOnTwoAddresses(name);
            case REFUSING -> opened(UnusedPort.reserve()).port();
            case SLOW -> misbehave(Misbehaviour.SILENCE);
            case HANDSHAKE_FAILING -> misbehave(Misbehaviour.HANDSHAKE_FAILURE_ALERT);
            case RESETTING -> misbehave(Misbehaviour.RESET_AFTER_HELLO);
        };
    }

    private static Offer offer(HostKind kind) {
        return switch (kind) {
            case TLS_1_2 -> Offer.protocols("TLSv1.2");
            case TLS_1_1 -> Offer.protocols("TLSv1.1");
            case TLS_1_0 -> Offer.protocols("TLSv1");
            case SSL_3 -> Offer.protocols("SSLv3");
            case RC4 -> Offer.suites("_RC4_");
            case TRIPLE_DES -> Offer.suites("_3DES_");
            case NULL_CIPHER -> Offer.suites("_NULL_");
            case ANONYMOUS -> Offer.suites("_anon_WITH_AES");
            case DH_1024 -> Offer.suites("_DHE_RSA_WITH_AES");
            case RSA_KEY_EXCHANGE -> Offer.suites("TLS_RSA_WITH_AES");
            case CLIENT_CERTIFICATE_REQUIRED -> Offer.protocols("TLSv1.3").to(Offer.Clients.WITH_A_CERTIFICATE);
            case CLIENT_CERTIFICATE_REQUIRED_TLS_1_2 ->
                Offer.protocols("TLSv1.2").to(Offer.Clients.WITH_A_CERTIFICATE);
            case CLIENT_CERTIFICATE_OPTIONAL -> Offer.TODAY.to(Offer.Clients.ASKED_FOR_A_CERTIFICATE);
            default -> Offer.TODAY;
        };
    }

    private LeafRequest request(String name) {
        return LeafRequest.forName(name, validity(Duration.ofDays(60)));
    }

    private Identity outOfOrder(String name) {
        Validity years = authority.intermediateValidity();
        Identity identity = authority
                .root()
                .intermediate("Certtide farm upper", years, 1)
                .intermediate("Certtide farm lower", years)
                .issue(request(name));
        List<X509Certificate> chain = identity.chain();
        return identity.sending(List.of(chain.get(0), chain.get(2), chain.get(1)));
    }

    private Identity withStray(Identity identity) {
        X509Certificate stranger = CertificateAuthority.create("Stray", clock.instant())
                .intermediate()
                .certificate();
        List<X509Certificate> chain = new ArrayList<>(identity.chain());
        chain.add(1, stranger);
        return identity.sending(chain);
    }

    private static List<String> tenThousandNamesAnd(String name) {
        return Stream.concat(Stream.of(name), IntStream.range(1, 10_000).mapToObj(i -> "host-" + i + ".certtide.test"))
                .toList();
    }

    /** The second address is taken from what the system has on loopback: macOS has 127.0.0.1 only, but ::1. */
    private int showOnTwoAddresses(String name) {
        RuntimeException failure = null;
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            TlsServer first = TlsServer.start(issue(name, Duration.ofDays(60)));
            for (InetAddress second : SECOND_LOOPBACKS) {
                try {
                    opened(TlsServer.start(second, first.port(), issue(name, Duration.ofDays(50))));
                    addAddress(name, LOOPBACK);
                    addAddress(name, second);
                    return opened(first).port();
                } catch (UncheckedIOException e) {
                    // No such address here, or the port is somebody else's there.
                    failure = e;
                }
            }
            first.close();
        }
        throw new IllegalStateException("no port is free on two loopback addresses", failure);
    }

    private Validity validity(Duration left) {
        Instant now = clock.instant();
        return Validity.withLeft(now, LIFETIME, left);
    }

    private int show(Identity identity) {
        return show(identity, Offer.TODAY);
    }

    private int show(Identity identity, Offer offer) {
        return opened(TlsServer.start(identity, offer)).port();
    }

    private int misbehave(Misbehaviour misbehaviour) {
        return opened(Listener.start(misbehaviour)).port();
    }

    private <T extends AutoCloseable> T opened(T server) {
        running.push(server);
        return server;
    }

    private void addAddress(String name, InetAddress address) {
        synchronized (addressesByName) {
            addressesByName.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(address.getHostAddress());
        }
    }
}

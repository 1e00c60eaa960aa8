package dev.certtide.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;

/**
 * One server of every {@link HostKind}, on loopback, with a certificate authority of its own. Dates are relative to the
 * instant at which the farm was started. More servers can be added while it runs. Thread-safe; closing stops all.
 */
public final class TlsFarm implements AutoCloseable {
    private static final Duration LIFETIME = Duration.ofDays(90);

    private final InstantSource clock;
    private final CertificateAuthority authority;
    private final ConcurrentLinkedDeque<AutoCloseable> running = new ConcurrentLinkedDeque<>();
    private final List<FarmHost> hosts;
    private final Set<String> names = new TreeSet<>();

    private TlsFarm(InstantSource clock) {
        this.clock = clock;
        this.authority = CertificateAuthority.create("Certtide farm", clock.instant());
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
        synchronized (names) {
            return names.stream().map(name -> "127.0.0.1 " + name + "\n").collect(Collectors.joining());
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
        addName(name);
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
                addName(kind.hostName());
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
            case REFUSING -> opened(UnusedPort.reserve()).port();
            case SLOW -> misbehave(Misbehaviour.SILENCE);
            case HANDSHAKE_FAILING -> misbehave(Misbehaviour.HANDSHAKE_FAILURE_ALERT);
            case RESETTING -> misbehave(Misbehaviour.RESET_AFTER_HELLO);
        };
    }

    private Validity validity(Duration left) {
        Instant now = clock.instant();
        return Validity.withLeft(now, LIFETIME, left);
    }

    private int show(Identity identity) {
        return opened(TlsServer.start(identity)).port();
    }

    private int misbehave(Misbehaviour misbehaviour) {
        return opened(Listener.start(misbehaviour)).port();
    }

    private <T extends AutoCloseable> T opened(T server) {
        running.push(server);
        return server;
    }

    private void addName(String name) {
        synchronized (names) {
            names.add(name);
        }
    }
}

package dev.certtide.farm;

import java.io.IOException;
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

/**
 * One server of every {@link HostKind}, on loopback, with a certificate authority of its own. Dates are relative to the
 * instant at which the farm was started. More servers can be added while it runs. Thread-safe; closing stops all.
 */
public final class TlsFarm implements AutoCloseable {
    static {
        ObsoleteTls.permit();
    }

    private final CertificateAuthority authority;
    private final KindCertificates certificates;
    private final ConcurrentLinkedDeque<AutoCloseable> running = new ConcurrentLinkedDeque<>();
    private final List<FarmHost> hosts;
    private final Map<String, Set<String>> addressesByName = new TreeMap<>();

    private TlsFarm(InstantSource clock) {
        Instant now = clock.instant();
        this.authority = CertificateAuthority.create("Certtide farm", now);
        CaRepository repository = CaRepository.start();
        running.push(repository);
        this.certificates = new KindCertificates(authority, repository, now);
        this.hosts = openAll(new KindServers(certificates, running::push));
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

    /**
     * The roots to trust, in PEM: that of the farm's authority, and one with a line {@code # Distrust after:} that says up
     * to when what it issued is trusted.
     */
    public String rootPem() {
        return authority.rootPem() + certificates.distrustedRootPem();
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
        TlsServer server = TlsServer.start(identity);
        running.push(server);
        addAddress(name, InetAddress.ofLiteral("127.0.0.1"));
        return server;
    }

    /** A certificate from this farm's authority for one name, 90 days long, with this much of it left. */
    public Identity issue(String name, Duration left) {
        return certificates.issue(name, left);
    }

    /** A copy of a certificate, signed anew, that the JDK cannot take apart. It is for sending. */
    public X509Certificate garbled(X509Certificate good) {
        return AlteredCertificate.unreadable(good, authority.intermediate());
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

    private List<FarmHost> openAll(KindServers servers) {
        List<FarmHost> opened = new ArrayList<>();
        try {
            for (HostKind kind : HostKind.values()) {
                KindServers.Place place = servers.open(kind);
                opened.add(new FarmHost(kind, place.port()));
                place.addresses().forEach(address -> addAddress(kind.hostName(), address));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        return List.copyOf(opened);
    }

    private void addAddress(String name, InetAddress address) {
        synchronized (addressesByName) {
            addressesByName.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(address.getHostAddress());
        }
    }
}

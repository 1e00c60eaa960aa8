package dev.certtide.probe.visit;

import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.IpLiteral;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.HostFacts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Visits a target and collects facts: resolves its name, asks the guard about every address, connects to those very
 * addresses, all at once, and shakes hands. Never says whether what it saw is good.
 *
 * <p>A visit takes at most its deadline, whatever the servers do. Thread-safe; a visit in progress costs its caller's
 * thread and one virtual thread per address, two while a server is silent.
 */
public final class Probe {
    static {
        HandshakeLimits.raise();
    }

    /** A name with more addresses than this is a fleet that its operator samples too. */
    static final int MOST_ADDRESSES = 8;

    private final Resolver resolver;
    private final AddressGuard guard;
    private final Duration deadline;
    private final Optional<InetSocketAddress> connectTo;
    private final Optional<String> serverName;
    private final TlsEngine engine;
    private final Turnstile turnstile;
    private final ThreadFactory threads;

    /**
     * @param resolver finds a name's addresses
     * @param guard says which may be visited
     * @param deadline for name resolution, connecting and handshake together, from the beginning of a visit
     * @param connectTo where to connect to instead of what the name resolves to; the guard is asked about it as well
     * @param serverName the name to ask the server for (RFC 6066, 3), instead of the target's host
     * @param engine shakes hands first; JSSE is asked after it
     * @param turnstile says when a host's addresses may be visited
     */
    public Probe(
            Resolver resolver,
            AddressGuard guard,
            Duration deadline,
            Optional<InetSocketAddress> connectTo,
            Optional<String> serverName,
            TlsEngine engine,
            Turnstile turnstile) {
        this(
                resolver,
                guard,
                deadline,
                connectTo,
                serverName,
                engine,
                turnstile,
                Thread.ofVirtual().name("probe-", 0).factory());
    }

    Probe(
            Resolver resolver,
            AddressGuard guard,
            Duration deadline,
            Optional<InetSocketAddress> connectTo,
            Optional<String> serverName,
            TlsEngine engine,
            Turnstile turnstile,
            ThreadFactory threads) {
        this.resolver = resolver;
        this.guard = guard;
        this.deadline = deadline;
        this.connectTo = connectTo;
        this.serverName = serverName;
        this.engine = engine;
        this.turnstile = turnstile;
        this.threads = threads;
    }

    /**
     * Visits the target.
     *
     * @param time of what more is to be done, too
     * @throws CancellationException if the calling thread is interrupted; its interrupt status stays set
     */
    public HostFacts visit(Target target, Countdown time) {
        List<InetSocketAddress> addresses;
        try {
            addresses = addressesOf(target, time.end());
        } catch (UnknownHostException e) {
            return new HostFacts.Unresolved(String.valueOf(e.getMessage()));
        }
        for (InetSocketAddress address : addresses) {
            Optional<String> refusal = guard.refusal(address.getAddress(), address.getPort());
            if (refusal.isPresent()) {
                return new HostFacts.Blocked(refusal.get());
            }
        }
        List<InetSocketAddress> sample = sample(addresses);
        try (var _ = turn(sample, time)) {
            return new HostFacts.Visited(visitAll(asked(target), sample, time.end()), addresses.size() - sample.size());
        }
    }

    private Turnstile.Turn turn(List<InetSocketAddress> sample, Countdown time) {
        try {
            return time.standStill(() -> turnstile.enter(
                    sample.stream().map(InetSocketAddress::getAddress).toList()));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private Target asked(Target target) {
        return serverName
                .map(name -> new Target(target.protocol(), name, target.port(), target.roots()))
                .orElse(target);
    }

    private List<InetSocketAddress> addressesOf(Target target, long end) throws UnknownHostException {
        if (connectTo.isPresent()) {
            return List.of(connectTo.get());
        }
        Optional<InetAddress> literal = IpLiteral.parse(target.host());
        List<InetAddress> addresses = literal.isPresent() ? List.of(literal.get()) : resolve(target.host(), end);
        return addresses.stream()
                .distinct()
                .map(address -> new InetSocketAddress(address, target.port()))
                .toList();
    }

    private List<InetAddress> resolve(String name, long end) throws UnknownHostException {
        if (IpLiteral.endsInNumber(name)) {
            // The system's resolver would take "127.1" for an address.
            throw new UnknownHostException("a name that ends in a number is no DNS name");
        }
        var resolution = new FutureTask<>(() -> resolver.resolve(name, Duration.ofNanos(end - System.nanoTime())));
        threads.newThread(resolution).start();
        try {
            List<InetAddress> addresses = resolution.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (addresses.isEmpty()) {
                throw new UnknownHostException("the name has no address");
            }
            return addresses;
        } catch (ExecutionException e) {
            throw unresolved(name, e.getCause());
        } catch (TimeoutException e) {
            resolution.cancel(true);
            throw new UnknownHostException("no name server answered within " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            resolution.cancel(true);
            throw interrupted();
        }
    }

    private static UnknownHostException unresolved(String name, Throwable cause) {
        if (cause instanceof UnknownHostException unknown) {
            String said = String.valueOf(unknown.getMessage());
            // The JDK puts the name before the system's words, or says nothing but the name.
            String words = said.startsWith(name) ? said.substring(name.length()).replaceFirst("^: ", "") : said;
            return new UnknownHostException(words.isBlank() ? "name or service not known" : words);
        }
        UnknownHostException failure = new UnknownHostException("the resolver failed: " + cause);
        failure.initCause(cause);
        return failure;
    }

    /** The first addresses, IPv4 and IPv6 by turns, so that neither family hides the other. */
    private static List<InetSocketAddress> sample(List<InetSocketAddress> addresses) {
        if (addresses.size() <= MOST_ADDRESSES) {
            return addresses;
        }
        var byLength = addresses.stream()
                .collect(Collectors.partitioningBy(
                        address -> address.getAddress().getAddress().length == 4));
        List<InetSocketAddress> sample = new ArrayList<>();
        for (int i = 0; sample.size() < MOST_ADDRESSES; i++) {
            for (List<InetSocketAddress> family : byLength.values()) {
                if (i < family.size() && sample.size() < MOST_ADDRESSES) {
                    sample.add(family.get(i));
                }
            }
        }
        return sample;
    }

    private List<AddressFacts> visitAll(Target asked, List<InetSocketAddress> addresses, long end) {
        List<AddressVisit> visits = addresses.stream()
                .map(address -> new AddressVisit(asked, address, engine, end, threads))
                .toList();
        try {
            visits.forEach(AddressVisit::begin);
            List<Thread> running = visits.stream().map(threads::newThread).toList();
            running.forEach(Thread::start);
            for (Thread visit : running) {
                visit.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            visits.forEach(visit -> visit.cutOff(deadline));
            throw interrupted();
        } catch (RuntimeException | Error e) {
            // No thread is to be had, for example: what was begun is not to stay open.
            visits.forEach(visit -> visit.cutOff(deadline));
            throw e;
        }
        return visits.stream().map(visit -> visit.cutOff(deadline)).toList();
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("the check was interrupted");
    }
}

package dev.certtide.probe.visit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Finds the addresses of a name. Thread-safe. */
@FunctionalInterface
public interface Resolver {
    /**
     * Every address of the name, in the order of preference. May block for as long as it likes: a visit does not wait
     * beyond its deadline.
     *
     * @param name a DNS name, never an address
     * @throws UnknownHostException if it has none, or nobody could be asked
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /**
     * The same for a visit, which has other things to do afterwards: a resolver that waits for more than it has got by
     * then, waits for a part of the time only.
     *
     * @param time how long it is of use
     * @throws UnknownHostException as above
     */
    default List<InetAddress> resolve(String name, Duration time) throws UnknownHostException {
        return resolve(name);
    }

    /**
     * The system's name servers, asked by ourselves; /etc/hosts comes first. A failure says which it was: no such name, no
     * address, a failing server, no answer.
     *
     * <p>Why not the operating system's resolver: it blocks the thread of a virtual thread's carrier, of which there are
     * 256 at most. Measured with a server that takes 200 ms: 400 names by the system in 0.59 s, 1,000 names here in 0.39 s,
     * A and AAAA both. Worse, a name whose servers are silent holds its carrier for ten seconds and more, deadline or not,
     * and 256 such names stop every other check in the process. Nothing is cached: a check wants to know what is so now.
     */
    static Resolver dns() {
        return DnsResolver.ofSystemServers();
    }

    /** The operating system's resolver, with the JDK's cache (30 s for answers, 10 s for failures). */
    static Resolver system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }

    /** A file in /etc/hosts format first, this resolver for the names that it lacks. */
    default Resolver after(Path hostsFile) {
        return new HostsFile(hostsFile, this);
    }
}

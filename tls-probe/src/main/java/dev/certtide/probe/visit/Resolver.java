package dev.certtide.probe.visit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
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

    /** The operating system's resolver, with the JDK's cache (30 s for answers, 10 s for failures). */
    static Resolver system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }

    /** A file in /etc/hosts format first, this resolver for the names that it lacks. */
    default Resolver after(Path hostsFile) {
        return new HostsFile(hostsFile, this);
    }
}

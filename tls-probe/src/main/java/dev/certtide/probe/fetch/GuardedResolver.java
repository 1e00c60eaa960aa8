package dev.certtide.probe.fetch;

import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.IpLiteral;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.visit.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;

/** Resolves hosts and refuses those with an address that the guard refuses. The client connects to what comes out here. */
final class GuardedResolver implements DnsResolver {
    /** Where revocation lists and issuers are served, besides the ports of the guard. */
    private static final Ports WEB = Ports.parse("80,443");

    private final Resolver resolver;
    private final AddressGuard guard;
    private final AddressGuard webGuard;

    GuardedResolver(Resolver resolver, AddressGuard guard) {
        this.resolver = resolver;
        this.guard = guard;
        this.webGuard = guard.allowingPorts(WEB);
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        List<InetAddress> addresses = addressesOf(host.replaceAll("^\\[|]$", ""));
        if (addresses.isEmpty()) {
            throw new UnknownHostException("the name has no address");
        }
        for (InetAddress address : addresses) {
            Optional<String> refusal =
                    WEB.contains(port) ? webGuard.refusal(address, port) : guard.refusal(address, port);
            if (refusal.isPresent()) {
                throw new UnknownHostException("it may not be visited: " + refusal.get());
            }
        }
        return addresses.stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private List<InetAddress> addressesOf(String host) throws UnknownHostException {
        Optional<InetAddress> literal = IpLiteral.parse(host);
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        if (IpLiteral.endsInNumber(host)) {
            throw new UnknownHostException("a name that ends in a number is no DNS name");
        }
        return resolver.resolve(host);
    }

    @Override
    public InetAddress[] resolve(String host) {
        throw new UnsupportedOperationException("an address is judged together with its port");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}

package dev.certtide.model.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keeps whoever may name a host from having our network visited (server-side request forgery): private, loopback,
 * link-local, metadata and other special addresses are refused, and ports that are not on the list.
 *
 * <p>Ask it after resolving, about every address of a name, refuse the name if any is refused, and connect to that very
 * address; resolving again would let the answer change in between. Ask again for every redirect and every address found
 * in a certificate. The predicates of {@link InetAddress} do not do: they miss carrier networks, unique local addresses,
 * NAT64 and 6to4.
 *
 * <p>Immutable.
 */
public final class AddressGuard {
    private final List<Network> allowed;
    private final Ports ports;

    private AddressGuard(List<Network> allowed, Ports ports) {
        this.allowed = List.copyOf(allowed);
        this.ports = ports;
    }

    /** Public addresses only, and {@link Ports#COMMON_TLS}. */
    public static AddressGuard strict() {
        return new AddressGuard(List.of(), Ports.COMMON_TLS);
    }

    /** The same guard that also lets these networks pass, whatever they are for. */
    public AddressGuard allowing(List<Network> networks) {
        return new AddressGuard(networks, ports);
    }

    /**
     * The same guard that also lets these networks pass.
     *
     * @param cidrs comma-separated, such as {@code 127.0.0.0/8,::1/128}; blank for none
     * @throws IllegalArgumentException if one of them is no network
     */
    public AddressGuard allowingNetworks(String cidrs) {
        return allowing(Arrays.stream(cidrs.split(","))
                .filter(cidr -> !cidr.isBlank())
                .map(Network::parse)
                .toList());
    }

    /** The same guard with these ports instead. */
    public AddressGuard allowingPorts(Ports otherPorts) {
        return new AddressGuard(allowed, otherPorts);
    }

    /** Why the address and port are refused, or none if they may be visited. Part of a sentence, for people. */
    public Optional<String> refusal(InetAddress address, int port) {
        if (!ports.contains(port)) {
            return Optional.of("port " + port + " is not among those that may be checked");
        }
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        return SpecialNetworks.purposeOf(IpLiteral.bytesOf(address))
                .map(purpose -> IpLiteral.text(address) + " is not a public address: " + purpose);
    }

    /** @throws AddressBlockedException if the address or the port is refused */
    public void require(InetAddress address, int port) throws AddressBlockedException {
        var refusal = refusal(address, port);
        if (refusal.isPresent()) {
            throw new AddressBlockedException(refusal.get());
        }
    }
}

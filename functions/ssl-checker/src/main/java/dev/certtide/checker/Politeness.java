package dev.certtide.checker;

import dev.certtide.probe.visit.Turnstile;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many checks and connections there may be at once. A provider has thousands of names in one network, and a host may
 * have many ports: to neither are the checks of a slot to look like an attack. Besides, all checks of a process share its
 * file descriptors.
 *
 * <p>These are the limits of one process; how many processes run at once is limited by the stack.
 */
final class Politeness implements Turnstile {
    /** Until when a check may begin, as {@link System#nanoTime} counts. Bound by whoever runs checks. */
    static final ScopedValue<Long> LATEST_BEGIN = ScopedValue.newInstance();

    /**
     * Lambda gives an environment 1,024 file descriptors (Lambda quotas). Of these the runtime, the jars and the clients
     * take some hundred, and each check that looks for its addresses asks name servers over two sockets.
     */
    static final int MOST_CHECKS = 200;

    private static final int MOST_CONNECTIONS = 450;
    private static final String ALL = "";

    /** Customers' networks and sites, as they are commonly routed: RIPE-690, 4.2, for IPv6. */
    private static final int IPV4_BYTES = 24 / 8;

    private static final int IPV6_BYTES = 48 / 8;

    private final Turns hosts;
    private final Turns networks;
    private final Turns checks = new Turns(MOST_CHECKS);
    private final Turns connections = new Turns(MOST_CONNECTIONS);

    /**
     * @param perHost most checks of one host at once, on whatever ports
     * @param perNetwork most connections into one network at once: a /24 of IPv4, a /48 of IPv6
     */
    Politeness(int perHost, int perNetwork) {
        this.hosts = new Turns(perHost);
        this.networks = new Turns(perNetwork);
    }

    /**
     * Waits until one more check of that host may begin.
     *
     * @throws NoTurnException when it may not in time
     */
    Turn enter(String host) throws InterruptedException {
        long until = LATEST_BEGIN.get();
        hosts.enter(host, 1, until);
        try {
            checks.enter(ALL, 1, until);
        } catch (InterruptedException | NoTurnException givenUp) {
            hosts.leave(host, 1);
            throw givenUp;
        }
        return () -> {
            checks.leave(ALL, 1);
            hosts.leave(host, 1);
        };
    }

    @Override
    public Turn enter(List<InetAddress> addresses) throws InterruptedException {
        // In one order for all, so that no two hosts wait for each other's networks.
        var places =
                addresses.stream().collect(Collectors.toMap(Politeness::network, _ -> 1, Integer::sum, TreeMap::new));
        long until = LATEST_BEGIN.get();
        var taken = new TreeMap<String, Integer>();
        try {
            for (var place : places.entrySet()) {
                networks.enter(place.getKey(), place.getValue(), until);
                taken.put(place.getKey(), place.getValue());
            }
            connections.enter(ALL, addresses.size(), until);
        } catch (InterruptedException | NoTurnException givenUp) {
            taken.forEach(networks::leave);
            throw givenUp;
        }
        return () -> {
            connections.leave(ALL, addresses.size());
            taken.forEach(networks::leave);
        };
    }

    private static String network(InetAddress address) {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length == 4 ? IPV4_BYTES : IPV6_BYTES));
    }
}

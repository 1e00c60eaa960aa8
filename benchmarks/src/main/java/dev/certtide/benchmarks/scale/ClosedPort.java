package dev.certtide.benchmarks.scale;

import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The far end at its cheapest: a port of this machine that nobody listens at, and that nobody else can take meanwhile.
 * The kernel answers each connection with a refusal.
 */
final class ClosedPort implements AutoCloseable {
    /** Networks of 256 addresses, so many next to each other: no message has more than a few targets in one. */
    private static final int NETWORKS = 250;

    private final Socket taken = new Socket();

    ClosedPort() throws IOException {
        taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    /** A target with an address of its own, which is 127.x.y.z; there are 15 million. */
    Target target(int number) {
        var host = "127." + (1 + number % NETWORKS) + "." + number / NETWORKS % NETWORKS + "."
                + (1 + number / NETWORKS / NETWORKS);
        return new Target(Protocol.HTTPS, host, taken.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        taken.close();
    }
}

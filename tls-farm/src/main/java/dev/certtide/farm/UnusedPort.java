package dev.certtide.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A loopback port that refuses connections for as long as this is open: bound, so that nobody else gets it, but not
 * listening. (A port found by opening and closing a listener may be somebody else's a moment later.)
 */
public final class UnusedPort implements AutoCloseable {
    private final Socket bound;

    private UnusedPort(Socket bound) {
        this.bound = bound;
    }

    /** Reserves an ephemeral port of 127.0.0.1. */
    public static UnusedPort reserve() {
        return reserve(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    /** Reserves a port of a local address; 0 is an ephemeral one. */
    public static UnusedPort reserve(InetAddress address, int port) {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(address, port));
            return new UnusedPort(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("no port can be reserved on " + address.getHostAddress(), e);
        }
    }

    /** The port, 1 to 65535. */
    public int port() {
        return bound.getLocalPort();
    }

    @Override
    public void close() {
        try {
            bound.close();
        } catch (IOException e) {
            throw new UncheckedIOException("port cannot be given back", e);
        }
    }
}

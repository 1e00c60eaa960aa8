package dev.certtide.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP server on an ephemeral loopback port that gives each connection to a {@link Conversation} on a virtual thread
 * of its own. Closing it closes every connection still open, which ends the conversations.
 */
public final class Listener implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final Conversation conversation;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    private Listener(ServerSocket server, Conversation conversation) {
        this.server = server;
        this.conversation = conversation;
    }

    /** What is said on one connection; it is closed afterwards. An exception ends this conversation only. */
    @FunctionalInterface
    public interface Conversation {
        void hold(Socket connection) throws IOException, InterruptedException;
    }

    /**
     * Listens on 127.0.0.1.
     *
     * @throws UncheckedIOException if no port can be bound
     */
    public static Listener start(Conversation conversation) {
        return start(InetAddress.ofLiteral("127.0.0.1"), 0, conversation);
    }

    /**
     * Listens on the given local address, so that one port can be had on several of them.
     *
     * @param port 0 for an ephemeral one
     * @throws UncheckedIOException if the port cannot be bound
     */
    public static Listener start(InetAddress address, int port, Conversation conversation) {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(address, port), BACKLOG);
            Listener listener = new Listener(server, conversation);
            Thread.ofVirtual().name("farm-listener-" + server.getLocalPort()).start(listener::acceptAll);
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address.getHostAddress() + " port " + port, e);
        }
    }

    /** The port, 1 to 65535. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many connections have been accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    /** How many conversations are going on. */
    public int open() {
        return open.size();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                accepted.incrementAndGet();
                open.add(connection);
                Thread.ofVirtual().name("farm-connection-" + port()).start(() -> converse(connection));
            } catch (IOException e) {
                // Closed, or out of descriptors for a moment: the loop's condition tells the two apart.
                Thread.onSpinWait();
            }
        }
        closeConnections();
    }

    private void converse(Socket connection) {
        try (connection) {
            conversation.hold(connection);
        } catch (IOException e) {
            // The client went away or refused the certificate; clients of a farm of bad servers do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the listening socket cannot be closed", e);
        } finally {
            closeConnections();
        }
    }

    private void closeConnections() {
        for (Socket connection : open) {
            try {
                connection.close();
            } catch (IOException e) {
                // Nothing is left to be done for this connection; the others still have to be closed.
                open.remove(connection);
            }
        }
    }
}

package dev.certtide.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Servers on loopback that say nothing, hang up after a while, and count those who are connected at once. */
final class SlowServers implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Executor afterAWhile;
    private int open;
    private int peak;
    private int accepted;

    private SlowServers(int count, Duration patience) throws IOException {
        afterAWhile = CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
        for (int i = 0; i < count; i++) {
            var listener = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
            listeners.add(listener);
            Thread.ofVirtual().start(() -> serve(listener));
        }
    }

    /** So many servers that hang up after {@code patience}. */
    static SlowServers start(int count, Duration patience) {
        try {
            return new SlowServers(count, patience);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of each server. */
    List<Integer> ports() {
        return listeners.stream().map(ServerSocket::getLocalPort).toList();
    }

    /** The most that were connected at once, to all servers together. */
    synchronized int peak() {
        return peak;
    }

    /** How many have connected. */
    synchronized int accepted() {
        return accepted;
    }

    private void serve(ServerSocket listener) {
        try {
            while (true) {
                var connection = listener.accept();
                count();
                afterAWhile.execute(() -> hangUp(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private synchronized void count() {
        accepted++;
        open++;
        peak = Math.max(peak, open);
    }

    private void hangUp(Socket connection) {
        synchronized (this) {
            open--;
        }
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (var listener : listeners) {
                listener.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.certtide.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, to be closed in the opposite order: also when a start fails halfway, or the JVM ends. */
final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Thread onExit = new Thread(this::closeAll, "local-cloud-exit");

    Closing() {
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Adds what has been started last, and returns it. */
    synchronized <T extends AutoCloseable> T last(T closeable) {
        started.push(closeable);
        return closeable;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            return; // The JVM is ending, and the hook is at it.
        }
        closeAll();
    }

    private synchronized void closeAll() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                // The others must be closed in any case.
                System.getLogger(Closing.class.getName()).log(System.Logger.Level.WARNING, "close", e);
            }
        }
    }
}

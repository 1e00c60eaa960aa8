package dev.certtide.cli;

import java.util.concurrent.CountDownLatch;

/** Waits for Ctrl-C, after which what was opened can still be closed: the JVM ends when this is closed. */
final class UntilStopped implements AutoCloseable {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private UntilStopped() {}

    static UntilStopped begin() {
        var stop = new UntilStopped();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.stopped.countDown();
            await(stop.closed);
        }));
        return stop;
    }

    /** Returns when the process has been asked to end. */
    void await() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

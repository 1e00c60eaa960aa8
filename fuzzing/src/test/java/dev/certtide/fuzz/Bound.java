package dev.certtide.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What one input may cost in memory. Time is for Jazzer to watch. */
public final class Bound {
    /** Everything that is allocated for one input of a few kilobytes, garbage included. */
    private static final long MOST_BYTES = 32L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bound() {}

    /** What is done with an input. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws E;
    }

    /**
     * Does the work on this thread, and once more if that allocated more than the bound: the first time may have paid for
     * the classes that it needed, and for their instrumentation.
     *
     * @throws AssertionError if it allocates more than the bound
     */
    public static <E extends Exception> void holds(Work<E> work) throws E {
        if (allocatedBy(work) > MOST_BYTES) {
            long allocated = allocatedBy(work);
            require(allocated <= MOST_BYTES, "one input made for " + (allocated >> 20) + " MB of allocations");
        }
    }

    private static <E extends Exception> long allocatedBy(Work<E> work) throws E {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Fails with the message unless the condition holds; the JVM's own assertions may be switched off. */
    public static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}

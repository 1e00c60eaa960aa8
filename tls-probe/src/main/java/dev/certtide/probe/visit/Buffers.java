package dev.certtide.probe.visit;

import io.netty.internal.tcnative.SSL;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a handshake reads into and writes from. Outside the heap, where BoringSSL works on it. So many are kept for the
 * next handshakes, since making one means to fill it with zeros; those beyond end with their handshake, not with some
 * garbage collection.
 *
 * @param arena whose end is theirs; none for those that are kept
 * @param received room for a record
 * @param toSend room for a hello; what is longer goes out in pieces
 * @param piece for sockets, which take what is on the heap; at least as large as {@code toSend}
 */
record Buffers(Optional<Arena> arena, ByteBuffer received, ByteBuffer toSend, byte[] piece) {
    private static final int MOST_SENT_BYTES = 2_048;
    private static final int READ_BYTES = 4_096;

    /** The greatest that BoringSSL takes, and its header: so there is always room for the rest of a record. */
    private static final int LARGEST_RECORD_BYTES = 5 + SSL.SSL_MAX_RECORD_LENGTH;

    /** 6 MB. */
    private static final int MOST_KEPT = 256;

    private static final ConcurrentLinkedQueue<Buffers> KEPT = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger MADE = new AtomicInteger();

    /** Some that nobody else has, empty. */
    static Buffers take() {
        Buffers kept = KEPT.poll();
        if (kept != null) {
            kept.received.clear().limit(0);
            kept.toSend.clear();
            return kept;
        }
        boolean isToBeKept = MADE.get() < MOST_KEPT && MADE.incrementAndGet() <= MOST_KEPT;
        Arena arena = isToBeKept ? Arena.global() : Arena.ofConfined();
        return new Buffers(
                Optional.of(arena).filter(_ -> !isToBeKept),
                arena.allocate(LARGEST_RECORD_BYTES).asByteBuffer().limit(0),
                arena.allocate(MOST_SENT_BYTES).asByteBuffer(),
                new byte[READ_BYTES]);
    }

    /** Whoever took them does not touch them any more. */
    void giveBack() {
        arena.ifPresentOrElse(Arena::close, () -> KEPT.add(this));
    }
}

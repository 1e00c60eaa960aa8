package dev.certtide.probe.visit;

import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import java.io.IOException;
import java.time.Duration;

/** One handshake, on one thread, which closes it. What it shows on the way goes to its {@link Witness}. */
interface Handshake extends AutoCloseable {
    /**
     * Shakes hands; blocks for as long as the server likes. The last that is to be sent may wait for {@link #awaitRefusal}
     * or {@link #leave}.
     *
     * @throws BeyondEngineException if it is the engine that will not go on, and another might
     * @throws IOException if the server, or the way to it, breaks off
     */
    Ending.Completed shake() throws IOException;

    /**
     * Reads on after the handshake until the server has said something, has ended the connection in order, with or
     * without a close_notify, or the limit is over.
     *
     * @throws IOException if the server breaks off, by an alert or a reset
     */
    void awaitRefusal(Duration limit) throws IOException;

    /**
     * Tells the server that nothing more is to come, for its logs. Does not wait for an answer.
     *
     * @throws IOException if what was still to be sent of the handshake cannot be
     */
    void leave() throws IOException;

    /** What else was seen; asked before {@link #close}, however the handshake went. */
    HandshakeFacts facts();

    /** Gives back what the handshake holds; the connection stays open. */
    @Override
    void close();
}

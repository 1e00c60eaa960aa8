package dev.certtide.probe.visit;

import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import io.netty.handler.ssl.CipherSuiteConverter;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * A handshake by BoringSSL. The engine is touched by the visiting thread alone; who cuts off closes the connection, and
 * the visiting thread falls out of its read or write.
 */
final class BoringHandshake implements Handshake {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What a server says after the handshake interests nobody: one waste bin for all, never read. */
    private static final ByteBuffer DISCARDED = ByteBuffer.allocateDirect(SSL.SSL_MAX_RECORD_LENGTH);

    private final ReferenceCountedOpenSslEngine engine;
    private final Streams streams;
    private final Witness witness;
    private final Consumer<Object> closed;
    private final Buffers buffers = Buffers.take();
    private final ByteBuffer received = buffers.received();
    private final ByteBuffer toSend = buffers.toSend();

    /** A connection that stands, and its two directions. */
    record Streams(Socket connection, InputStream in, OutputStream out) {
        static Streams of(Socket connection) throws IOException {
            return new Streams(connection, connection.getInputStream(), connection.getOutputStream());
        }
    }

    /**
     * Takes over the engine.
     *
     * @param closed gets the engine before it is released
     */
    BoringHandshake(ReferenceCountedOpenSslEngine engine, Streams streams, Witness witness, Consumer<Object> closed) {
        this.engine = engine;
        this.streams = streams;
        this.witness = witness;
        this.closed = closed;
        received.limit(0);
    }

    Witness witness() {
        return witness;
    }

    /** The server's certificates are there; called by the engine from within {@link #shake}. */
    void sent(X509Certificate[] chain) throws CertificateException {
        long ssl = engine.sslPointer();
        String suite = SSL.getCipherForSSL(ssl);
        witness.sees(new Witness.Seen(
                Certificates.parsed(chain, witness),
                SSL.getVersion(ssl),
                suite.startsWith("TLS_") ? suite : CipherSuiteConverter.toJava(suite, "TLS")));
    }

    @Override
    public Ending.Completed shake() throws IOException {
        try {
            engine.beginHandshake();
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
                status = status == HandshakeStatus.NEED_WRAP ? wrap() : unwrapUnlessClosed();
            }
        } catch (SSLException e) {
            throw told(e);
        }
        Witness.Seen seen = witness.seen();
        return new Ending.Completed(seen.protocol(), seen.cipherSuite());
    }

    @Override
    public void awaitRefusal(Duration limit) throws IOException {
        send();
        streams.connection().setSoTimeout(Math.toIntExact(limit.toMillis()));
        try {
            SSLEngineResult result;
            do {
                result = unwrap();
            } while (result.bytesProduced() == 0 && result.getStatus() != SSLEngineResult.Status.CLOSED);
        } catch (SocketTimeoutException | EndOfHandshakeException e) {
            // Nobody refused: who does, says so by an alert or a reset, and an end is just an end.
        } catch (SSLException e) {
            throw told(e);
        }
    }

    /** In one packet with the end of the handshake: most servers never say anything after theirs. */
    @Override
    public void leave() throws IOException {
        boolean isHandshakeSent = toSend.position() == 0;
        try {
            engine.closeOutbound();
            engine.wrap(NOTHING, toSend);
            send();
        } catch (IOException e) {
            if (!isHandshakeSent) {
                throw e;
            }
        }
    }

    @Override
    public HandshakeFacts facts() {
        return new HandshakeFacts(
                Optional.empty(),
                Optional.ofNullable(engine.getApplicationProtocol()).filter(name -> !name.isEmpty()),
                Optional.ofNullable(engine.getOcspResponse())
                        .filter(response -> response.length > 0)
                        .map(ByteBuffer::wrap),
                witness.wasAskedForCertificate(),
                OptionalInt.empty(),
                witness.unreadable());
    }

    @Override
    public void close() {
        closed.accept(engine);
        engine.release();
        buffers.giveBack();
    }

    private HandshakeStatus wrap() throws IOException {
        SSLEngineResult result = engine.wrap(NOTHING, toSend);
        if (result.getHandshakeStatus() != HandshakeStatus.FINISHED) {
            send();
        }
        return result.getHandshakeStatus();
    }

    private void send() throws IOException {
        toSend.flip();
        int length = toSend.remaining();
        byte[] piece = buffers.piece();
        toSend.get(piece, 0, length);
        toSend.clear();
        streams.out().write(piece, 0, length);
    }

    /** In the midst of a handshake, an end is a failure. */
    private HandshakeStatus unwrapUnlessClosed() throws IOException {
        SSLEngineResult result = unwrap();
        if (result.getStatus() == SSLEngineResult.Status.CLOSED
                && result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            throw new EndOfHandshakeException("Received close_notify during handshake");
        }
        return result.getHandshakeStatus();
    }

    /** Takes in one record, unless the engine has something else to do first. */
    private SSLEngineResult unwrap() throws IOException {
        SSLEngineResult result = engine.unwrap(received, DISCARDED.duplicate());
        while (isHungry(result)) {
            receive();
            result = engine.unwrap(received, DISCARDED.duplicate());
        }
        return result;
    }

    /** A handshake may be over with the last byte received; nothing more comes then. */
    private static boolean isHungry(SSLEngineResult result) {
        return result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW
                && result.getHandshakeStatus() != HandshakeStatus.FINISHED
                && result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
    }

    private void receive() throws IOException {
        received.compact();
        byte[] piece = buffers.piece();
        int count = streams.in().read(piece, 0, Math.min(piece.length, received.remaining()));
        if (count < 0) {
            received.limit(0);
            throw new EndOfHandshakeException("Remote host terminated the handshake");
        }
        received.put(piece, 0, count).flip();
    }

    /** In JSSE's words, which {@link Failures} understands: whether it was the server that broke off. */
    private static SSLException told(SSLException failure) {
        if (failure instanceof EndOfHandshakeException) {
            return failure;
        }
        OptionalInt alert = Alerts.in(Failures.words(failure));
        return alert.isPresent()
                ? new SSLHandshakeException("Received fatal alert: " + Alerts.name(alert.getAsInt()))
                : new BeyondEngineException(failure);
    }

    private static final class EndOfHandshakeException extends SSLHandshakeException {
        private static final long serialVersionUID = 1L;

        EndOfHandshakeException(String message) {
            super(message);
        }
    }
}

package dev.certtide.probe.visit;

import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A handshake by the JDK. */
final class JsseHandshake implements Handshake {
    private final SSLSocket tls;
    private final Witness witness;
    private final KeySizes sizes;

    JsseHandshake(SSLSocket tls, Witness witness, KeySizes sizes) {
        this.tls = tls;
        this.witness = witness;
        this.sizes = sizes;
    }

    @Override
    public Ending.Completed shake() throws IOException {
        try {
            LenientCertificates.call(witness, tls::startHandshake);
        } catch (SSLException e) {
            if (!isOurOwnRefusal(e)) {
                throw e;
            }
            return new Ending.Completed(
                    witness.seen().protocol(), witness.seen().cipherSuite());
        }
        SSLSession session = tls.getSession();
        return new Ending.Completed(session.getProtocol(), session.getCipherSuite());
    }

    /**
     * The server had agreed, and it is JSSE that goes no further: it holds the 512-bit key of an EXPORT suite against
     * {@code jdk.certpath.disabledAlgorithms}, a list for certificates, which is not ours to empty.
     */
    private boolean isOurOwnRefusal(SSLException failure) {
        return witness.seen().cipherSuite().contains("_EXPORT_")
                && Failures.words(failure).contains("does not comply to algorithm constraints");
    }

    @Override
    public void awaitRefusal(Duration limit) throws IOException {
        tls.setSoTimeout(Math.toIntExact(limit.toMillis()));
        try {
            tls.getInputStream().read();
        } catch (SocketTimeoutException e) {
            // Nobody refused.
        }
    }

    /** Not close(): that would read on, as long as there is something to read. */
    @Override
    public void leave() {
        try {
            tls.shutdownOutput();
        } catch (IOException e) {
            // The handshake is over, and the server has gone before us.
        }
    }

    @Override
    public HandshakeFacts facts() {
        SSLSession session = Optional.ofNullable(tls.getHandshakeSession()).orElseGet(tls::getSession);
        Optional<ByteBuffer> staple = session instanceof ExtendedSSLSession extended
                ? extended.getStatusResponses().stream()
                        .filter(response -> response.length > 0)
                        .findFirst()
                        .map(ByteBuffer::wrap)
                : Optional.empty();
        return new HandshakeFacts(
                Optional.empty(),
                Optional.ofNullable(tls.getApplicationProtocol()).filter(name -> !name.isEmpty()),
                staple,
                witness.wasAskedForCertificate(),
                sizes.diffieHellmanBits(),
                witness.unreadable());
    }

    @Override
    public void close() {
        // The connection is all that it holds.
    }
}

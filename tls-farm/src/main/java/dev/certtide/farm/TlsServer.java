package dev.certtide.farm;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * A TLS server on loopback that shakes hands with an {@link Identity}, waits until the client has gone, and serves
 * nothing. The identity can be replaced while it runs, as a renewal does. JSSE servers break off when a client asks for a
 * name with an underscore; such a name needs a server of another kind.
 */
public final class TlsServer implements AutoCloseable {
    private final Listener listener;
    private volatile SSLContext context;

    private TlsServer(InetAddress address, int port, Identity identity) {
        this.context = contextOf(identity);
        this.listener = Listener.start(address, port, this::shakeHands);
    }

    /** Starts on 127.0.0.1 and an ephemeral port. */
    public static TlsServer start(Identity identity) {
        return start(InetAddress.ofLiteral("127.0.0.1"), 0, identity);
    }

    /** Starts on the given local address; port 0 is an ephemeral one. */
    public static TlsServer start(InetAddress address, int port, Identity identity) {
        return new TlsServer(address, port, identity);
    }

    /** The port, 1 to 65535. */
    public int port() {
        return listener.port();
    }

    /** How many connections have been accepted so far. */
    public int accepted() {
        return listener.accepted();
    }

    /** Shows this identity from the next connection on. */
    public void present(Identity identity) {
        context = contextOf(identity);
    }

    @Override
    public void close() {
        listener.close();
    }

    private void shakeHands(Socket connection) throws IOException {
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(connection, null, connection.getPort(), true);
        tls.setUseClientMode(false);
        tls.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        tls.startHandshake();
        InputStream received = tls.getInputStream();
        while (received.read() >= 0) {
            // What a client says after the handshake is of no interest; its end is.
        }
    }

    private static SSLContext contextOf(Identity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new SoleKey(identity)}, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}

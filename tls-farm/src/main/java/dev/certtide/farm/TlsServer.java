package dev.certtide.farm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A TLS server on loopback that shakes hands with an {@link Identity}, waits until the client has gone unless its offer
 * says otherwise, and serves nothing. The identity can be replaced while it runs, as a renewal does. JSSE servers break off when a client asks for a
 * name with an underscore; such a name needs a {@link BareTlsServer}.
 */
public final class TlsServer implements AutoCloseable {
    static {
        ObsoleteTls.permit();
    }

    /** The alert, as a warning, in a record of TLS 1.0. */
    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 1, 0, 2, 1, 112};

    private final Offer offer;
    private final Preface preface;
    private final Listener listener;
    private volatile SSLContext context;

    private TlsServer(InetAddress address, int port, Identity identity, Offer offer, Preface preface) {
        this(address, port, new SoleKey(() -> identity), offer, preface);
    }

    private TlsServer(InetAddress address, int port, KeyManager keys, Offer offer, Preface preface) {
        this.offer = offer;
        this.preface = preface;
        this.context = contextOf(keys);
        this.listener = Listener.start(address, port, this::shakeHands);
    }

    /** Starts on 127.0.0.1 and an ephemeral port. */
    public static TlsServer start(Identity identity) {
        return start(InetAddress.ofLiteral("127.0.0.1"), 0, identity);
    }

    /** Starts on the given local address; port 0 is an ephemeral one. */
    public static TlsServer start(InetAddress address, int port, Identity identity) {
        return new TlsServer(address, port, identity, Offer.TODAY, Preface.NONE);
    }

    /** Starts on 127.0.0.1 and takes only what the offer has. */
    public static TlsServer start(Identity identity, Offer offer) {
        return new TlsServer(InetAddress.ofLiteral("127.0.0.1"), 0, identity, offer, Preface.NONE);
    }

    /** Starts on 127.0.0.1 and speaks plain text before TLS, as STARTTLS has it. */
    public static TlsServer start(Identity identity, Preface preface) {
        return new TlsServer(InetAddress.ofLiteral("127.0.0.1"), 0, identity, Offer.TODAY, preface);
    }

    /** Starts on 127.0.0.1 with an identity that is made when the first client comes. */
    static TlsServer start(Supplier<Identity> identity, Offer offer, Preface preface) {
        return new TlsServer(InetAddress.ofLiteral("127.0.0.1"), 0, new SoleKey(identity), offer, preface);
    }

    /** Starts on 127.0.0.1 and shows one identity to those who ask for the name, and the other to everybody else. */
    static TlsServer start(String name, Supplier<Identity> identity, Supplier<Identity> otherwise) {
        return new TlsServer(
                InetAddress.ofLiteral("127.0.0.1"),
                0,
                new KeyByName(name, identity, otherwise),
                Offer.TODAY,
                Preface.NONE);
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
        context = contextOf(new SoleKey(() -> identity));
    }

    @Override
    public void close() {
        listener.close();
    }

    private void shakeHands(Socket connection) throws IOException, InterruptedException {
        if (!preface.hold(connection)) {
            return;
        }
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(connection, welcomed(connection), true);
        offer.applyTo(tls);
        tls.startHandshake();
        switch (offer.farewell()) {
            case CLIENTS -> awaitEnd(tls.getInputStream());
            case NOTIFIED -> tls.shutdownOutput();
            case SILENT -> connection.shutdownOutput();
        }
    }

    /** What has been read of TLS by then. */
    private InputStream welcomed(Socket connection) throws IOException {
        if (offer.welcome() == Offer.Welcome.PLAIN) {
            return InputStream.nullInputStream();
        }
        FirstHello hello = FirstHello.read(connection.getInputStream());
        if (offer.welcome() == Offer.Welcome.WARNING_ABOUT_NAMES && hello.asksForName()) {
            connection.getOutputStream().write(UNRECOGNIZED_NAME);
        }
        if (offer.welcome() == Offer.Welcome.DEAF_TO_TLS_1_3 && hello.offersTls13()) {
            awaitEnd(connection.getInputStream());
            throw new EOFException("the client has waited in vain");
        }
        return hello.bytes();
    }

    private static void awaitEnd(InputStream received) throws IOException {
        while (received.read() >= 0) {
            // What a client says after the handshake is of no interest; its end is.
        }
    }

    private static SSLContext contextOf(KeyManager keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {new TrustsNobody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    /** For servers that ask for client certificates. */
    private static final class TrustsNobody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this farm knows no clients");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this farm is no client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

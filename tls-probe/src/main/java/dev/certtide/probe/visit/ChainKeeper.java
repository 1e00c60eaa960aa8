package dev.certtide.probe.visit;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Passes on the chain that the server sent and lets every handshake go on, so that bad certificates are seen; judging them
 * comes later. Nothing is ever sent over the connection. It has to be the extended kind: JSSE wraps a plain
 * {@code X509TrustManager} in checks of its own.
 */
final class ChainKeeper extends X509ExtendedTrustManager {
    private final Captor captor;

    /** Who wants the chains. */
    @FunctionalInterface
    interface Captor {
        /**
         * A chain was sent, the leaf first.
         *
         * @param connection the {@code SSLSocket} or {@code SSLEngine} that shakes hands
         */
        void sent(X509Certificate[] chain, Object connection) throws CertificateException;
    }

    ChainKeeper(Captor captor) {
        this.captor = captor;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType, Socket socket) throws CertificateException {
        captor.sent(sent, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType, SSLEngine engine)
            throws CertificateException {
        captor.sent(sent, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType) {
        throw new UnsupportedOperationException("whose chain is this?");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String authType, Socket socket) {
        throw new UnsupportedOperationException("the probe is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("the probe is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String authType) {
        throw new UnsupportedOperationException("the probe is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

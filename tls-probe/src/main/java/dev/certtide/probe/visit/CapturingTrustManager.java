package dev.certtide.probe.visit;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Keeps the chain that the server sent and lets every handshake go on, so that bad certificates are seen; judging them
 * comes later. Nothing is ever sent over the connection. It has to be the extended kind: JSSE wraps a plain
 * {@code X509TrustManager} in checks of its own.
 */
final class CapturingTrustManager extends X509ExtendedTrustManager {
    private volatile Seen seen = new Seen(List.of(), "", "");

    /**
     * What has been seen up to now.
     *
     * @param chain what was sent, the leaf first
     * @param protocol the version that was agreed upon by then, empty without a chain
     * @param cipherSuite the suite, empty without a chain
     */
    record Seen(List<X509Certificate> chain, String protocol, String cipherSuite) {}

    Seen seen() {
        return seen;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType, Socket socket) {
        SSLSession session = ((SSLSocket) socket).getHandshakeSession();
        seen = new Seen(List.of(sent), session.getProtocol(), session.getCipherSuite());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("the probe uses sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType) {
        throw new UnsupportedOperationException("the probe uses sockets");
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

package dev.certtide.probe.visit;

import dev.certtide.model.Target;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** The JDK's TLS, with its limits raised: see {@link HandshakeLimits}. */
final class JsseEngine extends TlsEngine {
    static final JsseEngine INSTANCE = new JsseEngine();

    private static final SecureRandom RANDOM = new SecureRandom();

    private JsseEngine() {}

    /** Every suite that this JDK can speak. */
    static Set<String> supportedSuites() {
        try {
            return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    @Override
    Handshake over(Socket connection, Target target, ClientHello hello, Witness witness) throws IOException {
        KeySizes sizes = new KeySizes();
        SSLSocket tls = (SSLSocket) context(witness)
                .getSocketFactory()
                .createSocket(connection, target.host(), connection.getPort(), false);
        SSLParameters parameters = hello.to(target, Set.of(tls.getSupportedCipherSuites()));
        parameters.setAlgorithmConstraints(sizes);
        tls.setSSLParameters(parameters);
        return new JsseHandshake(tls, witness, sizes);
    }

    /** A context of its own for every connection: a shared one would resume sessions, and no certificate be sent. */
    private static SSLContext context(Witness witness) {
        NoClientCertificate keys = new NoClientCertificate(_ -> witness.isAskedForCertificate());
        ChainKeeper trust = new ChainKeeper((chain, connection) -> {
            SSLSession session = ((SSLSocket) connection).getHandshakeSession();
            // Null is what cannot be read: see LenientCertificates.
            List<X509Certificate> read =
                    Stream.of(chain).filter(Objects::nonNull).toList();
            witness.sees(new Witness.Seen(read, session.getProtocol(), session.getCipherSuite()));
        });
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, RANDOM);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}

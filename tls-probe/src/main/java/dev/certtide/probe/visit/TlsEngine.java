package dev.certtide.probe.visit;

import dev.certtide.model.Target;
import java.io.IOException;
import java.net.Socket;

/**
 * What shakes hands. {@link #jsse} is the JDK's own: it speaks everything, even what is long out of use, and takes
 * several times the CPU. BoringSSL speaks what clients of today speak and nothing else: it has the first word, and JSSE the
 * last about whatever BoringSSL does not take. So a verdict does not depend on which engines there are. Thread-safe.
 */
public abstract sealed class TlsEngine permits JsseEngine, BoringEngine {
    /** The system property that chooses {@link #best}: {@code boringssl}, the default, or {@code jsse}. */
    public static final String PROPERTY = "certtide.tls.engine";

    TlsEngine() {}

    /**
     * BoringSSL, where its native library can be loaded: on Linux, x86-64 and arm64. JSSE elsewhere, and where
     * {@code -Dcerttide.tls.engine=jsse} asks for it.
     */
    public static TlsEngine best() {
        if (System.getProperty(PROPERTY, "boringssl").equals("jsse")) {
            return jsse();
        }
        try {
            return BoringEngine.loaded().<TlsEngine>map(engine -> engine).orElseGet(TlsEngine::jsse);
        } catch (LinkageError e) {
            // Netty itself is missing.
            return jsse();
        }
    }

    /** The JDK's own. */
    public static TlsEngine jsse() {
        return JsseEngine.INSTANCE;
    }

    /**
     * Prepares a handshake over a connection that stands; nothing is sent yet.
     *
     * @param connection remains the caller's to close; that ends a handshake too, from whichever thread
     * @param target its host is the name that the server is asked for
     * @param witness is told of the chain and of a request for a certificate as soon as they are there
     */
    abstract Handshake over(Socket connection, Target target, ClientHello hello, Witness witness) throws IOException;
}

package dev.certtide.probe.visit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.fuzz.Bound;
import dev.certtide.fuzz.ScriptedSocket;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import java.io.IOException;

/**
 * A server that sends whatever it likes in place of a handshake, and then closes the connection. Records and messages are
 * taken apart by BoringSSL and by the JDK, which others fuzz; what is ours is what stands around them: that it ends, that
 * nothing is left behind, that whatever breaks breaks as {@link Attempt} expects.
 */
class HandshakeFuzzTest {
    private static final Target TARGET = new Target(Protocol.HTTPS, "www.certtide.test", 443);
    private static final int MOST_SENT = 20_000;

    static {
        HandshakeLimits.raise();
    }

    @FuzzTest
    void boringSsl(byte[] received) throws IOException {
        BoringEngine engine = BoringEngine.loaded().orElseThrow();
        shake(engine, ClientHello.ofToday(Protocol.HTTPS), received);
        Bound.require(engine.running() == 0, "a handshake is over and holds its memory");
    }

    @FuzzTest
    void jdk(byte[] received) throws IOException {
        shake(TlsEngine.jsse(), ClientHello.ofOld(JsseEngine.supportedSuites()), received);
    }

    private static void shake(TlsEngine engine, ClientHello hello, byte[] received) throws IOException {
        Bound.holds(() -> {
            try (ScriptedSocket socket = new ScriptedSocket(received)) {
                Witness witness = new Witness();
                try (Handshake handshake = engine.over(socket, TARGET, hello, witness)) {
                    try {
                        handshake.shake();
                        handshake.leave();
                    } catch (IOException | RuntimeException e) {
                        Bound.require(Failures.inHandshake(e) != null, "nothing to tell");
                    } finally {
                        handshake.facts();
                    }
                }
                Bound.require(socket.sent() <= MOST_SENT, "we were made to send " + socket.sent() + " bytes");
            }
        });
    }
}

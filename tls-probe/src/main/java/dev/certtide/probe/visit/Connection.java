package dev.certtide.probe.visit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A connection that notices when nothing at all comes back. Whoever waits for a silent server can do something else
 * meanwhile, on the thread that waits, and then listen on: what has arrived by then is still there.
 */
final class Connection extends Socket {
    private static final Patience.Silence NOTHING = () -> {};

    /** Touched by the visiting thread alone. */
    private Patience.Silence silence = NOTHING;

    private boolean isAwaited;

    Connection() {
        // Never by way of a SOCKS proxy from system properties: it would connect to who knows where.
        super(Proxy.NO_PROXY);
    }

    /** Awaits an answer; what happens if there is none within the limit happens once, within a read. */
    void awaitAnswer(Duration limit, Patience.Silence then) throws SocketException {
        silence = then;
        isAwaited = true;
        setSoTimeout(Math.toIntExact(limit.toMillis()));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Received(super.getInputStream());
    }

    private void isAnswered() throws SocketException {
        if (isAwaited) {
            isAwaited = false;
            setSoTimeout(0);
        }
    }

    private final class Received extends FilterInputStream {
        private Received(InputStream received) {
            super(received);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int count = in.read(bytes, offset, length);
                isAnswered();
                return count;
            } catch (SocketTimeoutException e) {
                if (!isAwaited) {
                    throw e;
                }
                isAnswered();
                silence.lasts();
                return in.read(bytes, offset, length);
            }
        }
    }
}

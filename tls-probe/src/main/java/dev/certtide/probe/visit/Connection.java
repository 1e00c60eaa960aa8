package dev.certtide.probe.visit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;

/** A connection that knows whether anything at all has come back. */
final class Connection extends Socket {
    private volatile boolean isHeard;

    Connection() {
        // Never by way of a SOCKS proxy from system properties: it would connect to who knows where.
        super(Proxy.NO_PROXY);
    }

    /** Whether a byte has come, or the other side's end. */
    boolean isHeard() {
        return isHeard;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Received(super.getInputStream());
    }

    private final class Received extends FilterInputStream {
        private Received(InputStream received) {
            super(received);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            isHeard = true;
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            isHeard = true;
            return count;
        }
    }
}

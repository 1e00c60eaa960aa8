package dev.certtide.probe.visit;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Optional;

/**
 * A connection that one thread {@linkplain #begin begins} and another {@linkplain #await awaits}, and that knows whether
 * anything at all has come back. As a socket it does what TLS asks of the one below it, and no more: what is not here is
 * that of a socket which nobody ever connects.
 *
 * <p>It never goes by way of a SOCKS proxy from system properties, which would connect to who knows where.
 */
final class Connection extends Socket {
    private volatile Optional<SocketChannel> channel = Optional.empty();
    private volatile Optional<IOException> failure = Optional.empty();
    private volatile boolean isHeard;
    private boolean isClosed;

    Connection() {
        super(Proxy.NO_PROXY);
    }

    /** Asks for the connection and does not wait for it. What goes wrong is told to who awaits it. */
    synchronized void begin(InetSocketAddress address) {
        try {
            if (isClosed) {
                throw new SocketException("Socket closed");
            }
            SocketChannel opened = SocketChannel.open();
            channel = Optional.of(opened);
            opened.configureBlocking(false);
            opened.connect(address);
            opened.configureBlocking(true);
        } catch (UnsupportedAddressTypeException e) {
            failure = Optional.of(new SocketException("Address family not supported", e));
        } catch (IOException e) {
            failure = Optional.of(e);
        } catch (RuntimeException e) {
            failure = Optional.of(new SocketException(e.toString(), e));
        }
    }

    /** Waits for what was begun: as long as the system tries, or until {@link #close}. */
    void await() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        channel.orElseThrow().finishConnect();
    }

    /** Whether a byte has come, or the other side's end. */
    boolean isHeard() {
        return isHeard;
    }

    @Override
    public boolean isConnected() {
        return channel.filter(SocketChannel::isConnected).isPresent();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket().getInetAddress();
    }

    @Override
    public int getPort() {
        return socket().getPort();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Received(socket().getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Sent(socket().getOutputStream());
    }

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        socket().setSoTimeout(timeout);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket().getSoTimeout();
    }

    @Override
    public int getSoLinger() throws SocketException {
        return socket().getSoLinger();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket().shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket().shutdownOutput();
    }

    @Override
    public boolean isInputShutdown() {
        return socket().isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket().isOutputShutdown();
    }

    @Override
    public synchronized boolean isClosed() {
        return isClosed;
    }

    /** Ends what another thread is waiting for. */
    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        super.close();
        if (channel.isPresent()) {
            channel.get().close();
        }
    }

    /** A socket's own would open one, to tell of it. */
    @Override
    public String toString() {
        return "Connection[" + channel.map(SocketChannel::toString).orElse("not begun") + "]";
    }

    private Socket socket() {
        return channel.orElseThrow().socket();
    }

    /** A channel throws what a socket does not: who reads and writes here expects a socket's exceptions. */
    private static IOException asOfSocket(IOException failure) {
        return failure instanceof SocketException || failure instanceof SocketTimeoutException
                ? failure
                : new SocketException(Failures.words(failure), failure);
    }

    private final class Received extends FilterInputStream {
        private Received(InputStream received) {
            super(received);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int count = in.read(bytes, offset, length);
                isHeard = true;
                return count;
            } catch (IOException e) {
                throw asOfSocket(e);
            }
        }
    }

    private static final class Sent extends FilterOutputStream {
        private Sent(OutputStream sent) {
            super(sent);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw asOfSocket(e);
            }
        }
    }
}

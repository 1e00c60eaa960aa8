package dev.certtide.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/** A connection whose other side has said everything already, and closed it. */
public final class ScriptedSocket extends Socket {
    private final ByteArrayInputStream received;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** @param received what the other side has said */
    public ScriptedSocket(byte[] received) {
        this.received = new ByteArrayInputStream(received);
    }

    /** How many bytes have been sent. */
    public int sent() {
        return sent.size();
    }

    /** How many bytes have not been read yet. */
    public int left() {
        return received.available();
    }

    @Override
    public InputStream getInputStream() {
        return received;
    }

    @Override
    public OutputStream getOutputStream() {
        return sent;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return 443;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new InetSocketAddress(getInetAddress(), getPort());
    }

    @Override
    public void setSoTimeout(int millis) {
        // The other side never lets us wait.
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // Nothing is delayed.
    }

    @Override
    public void shutdownOutput() {
        // Nobody is there to notice.
    }
}

package dev.certtide.probe.visit.starttls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection before TLS. Reads byte by byte from the socket and never ahead, so that nothing is swallowed that belongs
 * to TLS; the few hundred bytes of a greeting are not worth a buffer. All that a server may say is
 * {@value #MOST_BYTES} bytes, in lines or not.
 */
public final class PlainConnection {
    /** Banners with a page of legal text exist; nobody needs more to say hello. */
    static final int MOST_BYTES = 32_768;

    private static final int MOST_QUOTED = 100;

    private final InputStream received;
    private final OutputStream sent;
    private int left = MOST_BYTES;

    /** Takes over what is read from and written to the socket; closing it remains the caller's business. */
    public PlainConnection(Socket socket) throws IOException {
        received = socket.getInputStream();
        sent = socket.getOutputStream();
    }

    /** Sends a line, ended by CRLF. */
    void sendLine(String line) throws IOException {
        send(line + "\r\n");
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        sent.write(bytes);
        sent.flush();
    }

    /** The next line without its end, CRLF or a bare LF. */
    String readLine() throws IOException {
        String line = readUntil('\n');
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Everything before the next {@code end}, which is read too. Bytes are taken for Latin-1, so that none is lost. */
    String readUntil(char end) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int next = read(text); next != end; next = read(text)) {
            text.write(next);
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    /** One byte, 0 to 255. */
    int readByte() throws IOException {
        return read(new ByteArrayOutputStream());
    }

    /** Exactly so many bytes. */
    byte[] readBytes(int count) throws IOException {
        if (count > left) {
            throw tooMuch();
        }
        byte[] bytes = received.readNBytes(count);
        left -= bytes.length;
        if (bytes.length < count) {
            throw closed(bytes.length == 0 ? "" : " after " + quote(new String(bytes, StandardCharsets.ISO_8859_1)));
        }
        return bytes;
    }

    /**
     * Refuses what came after the server's go-ahead. It was sent in plain text, perhaps by somebody in the middle, and a
     * client that buffers would take it for protected: the command injection of CVE-2011-0411, and CVE-2021-23222 of
     * PostgreSQL. What arrives later than this reaches the TLS engine, which takes nothing but TLS.
     */
    void requireSilence() throws IOException {
        int more = received.available();
        if (more > 0) {
            throw new NotUpgradedException("the server said more in plain text after its go-ahead for TLS (" + more
                    + " bytes), as an attacker in the middle does");
        }
    }

    /** What a server said, for a message: in quotes, printable, and not longer than a message should be. */
    static String quote(String said) {
        String clean = said.codePoints()
                .limit(MOST_QUOTED)
                .map(c -> c >= 0x20 && c < 0x7f ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "'" + clean + (clean.length() < said.length() ? "…" : "") + "'";
    }

    private int read(ByteArrayOutputStream before) throws IOException {
        if (left == 0) {
            throw tooMuch();
        }
        int next = received.read();
        if (next < 0) {
            throw closed(before.size() == 0 ? "" : " after " + quote(before.toString(StandardCharsets.ISO_8859_1)));
        }
        left--;
        return next;
    }

    private static NotUpgradedException closed(String after) {
        return new NotUpgradedException("the server closed the connection" + after);
    }

    private static NotUpgradedException tooMuch() {
        return new NotUpgradedException("the server said more than " + MOST_BYTES / 1024 + " KB without coming to TLS");
    }
}

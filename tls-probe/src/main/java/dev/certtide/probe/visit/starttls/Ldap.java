package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * RFC 4511, 4.14: an extended request with the name of StartTLS, and an extended response with result code 0. LDAP's BER
 * has definite lengths only (5.1).
 */
final class Ldap implements Starttls {
    private static final String START_TLS = "1.3.6.1.4.1.1466.20037";
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int ENUMERATED = 0x0a;
    private static final int OCTET_STRING = 0x04;
    private static final int EXTENDED_REQUEST = 0x77;
    private static final int REQUEST_NAME = 0x80;
    private static final int EXTENDED_RESPONSE = 0x78;

    @Override
    public void ask(PlainConnection connection, Target target) throws IOException {
        connection.send(request());
        ByteBuffer message = readMessage(connection);
        enter(message, INTEGER);
        ByteBuffer response = enter(message, EXTENDED_RESPONSE);
        int result = lastByte(enter(response, ENUMERATED));
        enter(response, OCTET_STRING); // The matched name, which StartTLS has none of.
        String diagnostics = StandardCharsets.ISO_8859_1
                .decode(enter(response, OCTET_STRING))
                .toString();
        if (result != 0) {
            throw new NotUpgradedException("the server answered StartTLS with result code " + result + " "
                    + PlainConnection.quote(diagnostics));
        }
        connection.requireSilence();
    }

    private static byte[] request() {
        byte[] name = START_TLS.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(name.length + 9)
                .put(new byte[] {SEQUENCE, (byte) (name.length + 7), INTEGER, 1, 1})
                .put(new byte[] {EXTENDED_REQUEST, (byte) (name.length + 2), (byte) REQUEST_NAME, (byte) name.length})
                .put(name)
                .array();
    }

    private static ByteBuffer readMessage(PlainConnection connection) throws IOException {
        int tag = connection.readByte();
        if (tag != SEQUENCE) {
            throw new NotUpgradedException("the server does not speak LDAP: its first byte is " + tag);
        }
        int length = connection.readByte();
        if (length > 0x84 || length == 0x80) {
            throw malformed();
        }
        if (length > 0x80) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | connection.readByte();
            }
        }
        if (length < 0 || length > PlainConnection.MOST_BYTES) {
            throw malformed();
        }
        return ByteBuffer.wrap(connection.readBytes(length));
    }

    /** The content of the next element, which is skipped. */
    private static ByteBuffer enter(ByteBuffer buffer, int tag) throws NotUpgradedException {
        if (buffer.remaining() < 2 || (buffer.get() & 0xff) != tag) {
            throw malformed();
        }
        int length = buffer.get() & 0xff;
        if (length >= 0x80) {
            int bytes = length & 0x7f;
            if (bytes == 0 || bytes > 3 || bytes > buffer.remaining()) {
                throw malformed();
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | buffer.get() & 0xff;
            }
        }
        if (length > buffer.remaining()) {
            throw malformed();
        }
        ByteBuffer content = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return content;
    }

    private static int lastByte(ByteBuffer content) throws NotUpgradedException {
        if (!content.hasRemaining()) {
            throw malformed();
        }
        return content.get(content.limit() - 1) & 0xff;
    }

    private static NotUpgradedException malformed() {
        return new NotUpgradedException("the server answered StartTLS with something that is no LDAP response");
    }
}

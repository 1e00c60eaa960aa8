package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * MySQL's and MariaDB's SSLRequest (MySQL Server Doxygen, "Connection Phase"): the server sends its handshake packet, and
 * the client answers with the first half of its own, after which TLS begins without a word from the server.
 *
 * <p>Going away before the login counts as a connection error there: a server with {@code max_connect_errors} blocks an
 * address after so many (100) in a row, and says so, which is then told.
 */
final class Mysql implements Starttls {
    private static final int PROTOCOL_41 = 1 << 9;
    private static final int SSL = 1 << 11;
    private static final int SECURE_CONNECTION = 1 << 15;
    private static final int LARGEST_PACKET = 1 << 24;
    private static final byte UTF8MB4 = 45;
    private static final int ERROR = 0xff;
    private static final int PROTOCOL_VERSION = 10;

    @Override
    public void ask(PlainConnection connection, Target target) throws IOException {
        ByteBuffer handshake = readPacket(connection);
        int version = handshake.get() & 0xff;
        if (version == ERROR) {
            throw new NotUpgradedException("the server greeted with the error " + errorIn(handshake));
        }
        if (version != PROTOCOL_VERSION) {
            throw new NotUpgradedException(
                    "the server does not speak MySQL's protocol 10: its first byte is " + version);
        }
        if ((capabilitiesIn(handshake) & SSL) == 0) {
            throw new NotUpgradedException("the server's handshake packet offers no TLS");
        }
        connection.requireSilence();
        connection.send(ByteBuffer.allocate(36)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(32 | 1 << 24) // Length in three bytes, and the sequence number.
                .putInt(PROTOCOL_41 | SSL | SECURE_CONNECTION)
                .putInt(LARGEST_PACKET)
                .put(UTF8MB4)
                .array());
    }

    private static ByteBuffer readPacket(PlainConnection connection) throws IOException {
        int header = ByteBuffer.wrap(connection.readBytes(4))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        int length = header & 0xff_ffff;
        int sequence = header >>> 24;
        if (length == 0 || length > PlainConnection.MOST_BYTES || sequence > 1) {
            byte[] said = {(byte) header, (byte) (header >> 8), (byte) (header >> 16), (byte) sequence};
            throw new NotUpgradedException("the server does not speak MySQL: it said "
                    + PlainConnection.quote(new String(said, StandardCharsets.ISO_8859_1)));
        }
        return ByteBuffer.wrap(connection.readBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The lower half of the flags, behind version, connection id and eight bytes of salt with their end. */
    private static int capabilitiesIn(ByteBuffer handshake) throws NotUpgradedException {
        while (handshake.hasRemaining() && handshake.get() != 0) {
            // The server's version, a text up to a zero.
        }
        if (handshake.remaining() < 4 + 9 + 2) {
            throw new NotUpgradedException("the server's handshake packet is cut short");
        }
        handshake.position(handshake.position() + 4 + 9);
        return handshake.getShort() & 0xffff;
    }

    private static String errorIn(ByteBuffer packet) {
        if (packet.remaining() < 2) {
            return "'?'";
        }
        int code = packet.getShort() & 0xffff;
        return code + " "
                + PlainConnection.quote(
                        StandardCharsets.ISO_8859_1.decode(packet).toString());
    }
}

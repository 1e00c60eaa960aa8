package dev.certtide.farm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The record in which a client says hello, read before the server that is to answer it. */
final class FirstHello {
    private static final int SERVER_NAME = 0; // RFC 6066, 3
    private static final int SUPPORTED_VERSIONS = 43; // RFC 8446, 4.2.1
    private static final int TLS_1_3 = 0x0304;
    private static final int HEADER_BYTES = 5;

    private final byte[] record;
    private final Map<Integer, ByteBuffer> extensions;

    private FirstHello(byte[] record) {
        this.record = record;
        this.extensions = extensions(ByteBuffer.wrap(record));
    }

    /**
     * Reads it.
     *
     * @throws IOException if the client goes before it has said it
     */
    static FirstHello read(InputStream received) throws IOException {
        byte[] header = received.readNBytes(HEADER_BYTES);
        if (header.length < HEADER_BYTES) {
            throw new IOException("the client has gone without a hello");
        }
        byte[] body = received.readNBytes((header[3] & 0xff) << 8 | header[4] & 0xff);
        return new FirstHello(ByteBuffer.allocate(HEADER_BYTES + body.length)
                .put(header)
                .put(body)
                .array());
    }

    /** For who is to answer. */
    InputStream bytes() {
        return new ByteArrayInputStream(record);
    }

    /** Whether it asks for a host by name. */
    boolean asksForName() {
        return extensions.containsKey(SERVER_NAME);
    }

    /** Whether TLS 1.3 is among the versions that it offers. */
    boolean offersTls13() {
        ByteBuffer versions = extensions.getOrDefault(SUPPORTED_VERSIONS, ByteBuffer.allocate(1));
        for (int at = 1; at < versions.remaining(); at += 2) {
            if (versions.getShort(at) == TLS_1_3) {
                return true;
            }
        }
        return false;
    }

    private static Map<Integer, ByteBuffer> extensions(ByteBuffer hello) {
        Map<Integer, ByteBuffer> byType = new HashMap<>();
        hello.position(HEADER_BYTES + 4 + 2 + 32); // Message header, version, random.
        skip(hello, hello.get() & 0xff); // Session id.
        skip(hello, hello.getShort() & 0xffff); // Cipher suites.
        skip(hello, hello.get() & 0xff); // Compression methods.
        if (hello.hasRemaining()) {
            hello.getShort();
        }
        while (hello.hasRemaining()) {
            int type = hello.getShort() & 0xffff;
            int length = hello.getShort() & 0xffff;
            byType.put(type, hello.slice(hello.position(), length));
            skip(hello, length);
        }
        return byType;
    }

    private static void skip(ByteBuffer buffer, int bytes) {
        buffer.position(buffer.position() + bytes);
    }
}

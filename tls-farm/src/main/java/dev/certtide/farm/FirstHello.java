package dev.certtide.farm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** The record in which a client says hello, read before the server that is to answer it. */
final class FirstHello {
    private static final int SERVER_NAME = 0; // RFC 6066, 3
    private static final int SUPPORTED_VERSIONS = 43; // RFC 8446, 4.2.1
    private static final int HEADER_BYTES = 5;

    private final byte[] record;
    private final Set<Integer> extensions;

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
        return extensions.contains(SERVER_NAME);
    }

    /** Whether it is made for servers of TLS 1.3, though others should understand it. */
    boolean offersTls13() {
        return extensions.contains(SUPPORTED_VERSIONS);
    }

    private static Set<Integer> extensions(ByteBuffer hello) {
        Set<Integer> types = new HashSet<>();
        hello.position(HEADER_BYTES + 4 + 2 + 32); // Message header, version, random.
        skip(hello, hello.get() & 0xff); // Session id.
        skip(hello, hello.getShort() & 0xffff); // Cipher suites.
        skip(hello, hello.get() & 0xff); // Compression methods.
        if (hello.hasRemaining()) {
            hello.getShort();
        }
        while (hello.hasRemaining()) {
            types.add(hello.getShort() & 0xffff);
            skip(hello, hello.getShort() & 0xffff);
        }
        return types;
    }

    private static void skip(ByteBuffer buffer, int bytes) {
        buffer.position(buffer.position() + bytes);
    }
}

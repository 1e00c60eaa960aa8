package dev.certtide.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An input of several parts, each of a kind: a byte for the kind, two for the length, the content. Every sequence of bytes
 * is one, so that a fuzzer may do with it as it likes.
 */
record Parts(List<Part> parts) {
    /** More would be the same again. */
    private static final int MOST = 40;

    /** @param kind 0..255 */
    record Part(int kind, byte[] content) {}

    static Parts of(byte[] bytes) {
        List<Part> parts = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.remaining() >= 3 && parts.size() < MOST) {
            int kind = rest.get() & 0xff;
            byte[] content = new byte[Math.min(rest.getShort() & 0xffff, rest.remaining())];
            rest.get(content);
            parts.add(new Part(kind, content));
        }
        return new Parts(parts);
    }

    /** The contents of that kind, in their order. */
    List<byte[]> ofKind(int kind) {
        return parts.stream()
                .filter(part -> part.kind() == kind)
                .map(Part::content)
                .toList();
    }

    Parts with(int kind, byte[] content) {
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(kind, content));
        return new Parts(more);
    }

    Parts with(int kind, String content) {
        return with(kind, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What {@link #of} reads back. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Part part : parts) {
            bytes.write(part.kind());
            bytes.write(part.content().length >> 8);
            bytes.write(part.content().length);
            bytes.writeBytes(part.content());
        }
        return bytes.toByteArray();
    }
}

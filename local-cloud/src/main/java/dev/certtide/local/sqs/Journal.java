package dev.certtide.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps queues and messages in a file of JSON lines, to which each change is appended. A line is with the operating system
 * when a change is acknowledged: it outlives a kill -9 of this process, though not a power cut. ElasticMQ's own store, an
 * SQL database, holds a third of the messages per second when it must give the same promise.
 *
 * <p>What is no longer needed is dropped at each start, and when it has become most of the file.
 */
final class Journal implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final long WORTH_COMPACTING_BYTES = 64L << 20;

    /** A queue's settings, and its messages by id, as they are to be after a restart. */
    record KeptQueue(ObjectNode settings, Map<String, ObjectNode> messages) {}

    private final Path file;
    private final Map<String, KeptQueue> queues = new LinkedHashMap<>();
    private FileChannel channel;
    private long size;
    private long sizeAfterCompacting;

    /** @throws UncheckedIOException if the file cannot be read or written */
    Journal(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) read();
            compact();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the journal " + file, e);
        }
    }

    Map<String, KeptQueue> queues() {
        return queues;
    }

    void queue(String queue, ObjectNode settings) {
        append(line("queue", queue).set("settings", settings));
    }

    void queueDeleted(String queue) {
        append(line("gone", queue));
    }

    void message(String queue, String id, ObjectNode message) {
        append(line("message", queue).put("id", id).set("set", message));
    }

    /** Changes some members of a message: it was received, or its visibility was changed. */
    void changed(String queue, String id, ObjectNode members) {
        append(line("changed", queue).put("id", id).set("set", members));
    }

    void deleted(String queue, String id) {
        append(line("deleted", queue).put("id", id));
    }

    private static ObjectNode line(String kind, String queue) {
        return JSON.createObjectNode().put("is", kind).put("of", queue);
    }

    private void append(ObjectNode line) {
        apply(line);
        try {
            write(channel, line);
            if (size > WORTH_COMPACTING_BYTES && size > 4 * sizeAfterCompacting) compact();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void apply(ObjectNode line) {
        var name = line.path("of").asText();
        var id = line.path("id").asText();
        if (line.path("is").asText().equals("queue")) {
            var known = queues.get(name);
            queues.put(
                    name,
                    new KeptQueue(
                            (ObjectNode) line.get("settings"),
                            known == null ? new LinkedHashMap<>() : known.messages()));
            return;
        }
        var queue = queues.get(name);
        if (queue == null) return; // Deleted, with what was on its way.
        switch (line.path("is").asText()) {
            case "gone" -> queues.remove(name);
            case "message" -> queue.messages().put(id, (ObjectNode) line.get("set"));
            case "changed" ->
                queue.messages().computeIfPresent(id, (_, message) -> message.setAll((ObjectNode) line.get("set")));
            case "deleted" -> queue.messages().remove(id);
            default ->
                throw new IllegalStateException(
                        "%s has a line that this version does not know: %s".formatted(file, line));
        }
    }

    private void read() throws IOException {
        try (var lines = Files.newBufferedReader(file)) {
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                ObjectNode line;
                try {
                    line = (ObjectNode) JSON.readTree(text);
                } catch (JsonProcessingException e) {
                    if (lines.readLine() != null) throw new IOException("a line is no JSON: " + text, e);
                    return; // Written when the process was killed, and never acknowledged.
                }
                apply(line);
            }
        }
    }

    /** Writes what is needed into another file, which then takes the place of this one. */
    private void compact() throws IOException {
        size = 0;
        var part = file.resolveSibling(file.getFileName() + ".part");
        var fresh = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        for (var queue : queues.entrySet()) {
            write(
                    fresh,
                    line("queue", queue.getKey())
                            .set("settings", queue.getValue().settings()));
            for (var message : queue.getValue().messages().entrySet()) {
                write(
                        fresh,
                        line("message", queue.getKey())
                                .put("id", message.getKey())
                                .set("set", message.getValue()));
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (channel != null) channel.close();
        channel = fresh;
        sizeAfterCompacting = size;
    }

    private void write(FileChannel to, ObjectNode line) throws IOException {
        var json = JSON.writeValueAsBytes(line);
        var bytes =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        size += bytes.remaining();
        while (bytes.hasRemaining()) to.write(bytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

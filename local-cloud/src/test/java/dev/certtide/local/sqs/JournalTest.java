package dev.certtide.local.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal holds when it is opened again. */
class JournalTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("queues.journal");
        try (var journal = new Journal(file)) {
            journal.queue("q", json("visibility", 30));
            journal.queue("gone", json("visibility", 30));
            journal.message("gone", "1", json("next", 1));
            journal.message("q", "1", json("next", 1));
            journal.message("q", "2", json("next", 1).put("body", "kept"));
            journal.changed("q", "2", json("next", 99));
            journal.queue("q", json("visibility", 60));
            journal.deleted("q", "1");
            journal.queueDeleted("gone");
            journal.message("gone", "2", json("next", 1));
        }
    }

    @Test
    void onlyWhatIsStillThereComesBackAsItWasLast() throws IOException {
        try (var journal = new Journal(file)) {
            assertEquals(Set.of("q"), journal.queues().keySet());
            var queue = journal.queues().get("q");
            assertEquals(json("visibility", 60), queue.settings());
            assertEquals(Set.of("2"), queue.messages().keySet());
            assertEquals(json("next", 99).put("body", "kept"), queue.messages().get("2"));
        }
    }

    @Test
    void openingItDropsWhatIsNoLongerNeeded() throws IOException {
        new Journal(file).close();
        assertEquals(2, Files.readAllLines(file).size());
    }

    @Test
    void aLastLineThatWasCutOffIsDropped() throws IOException {
        Files.writeString(file, "{\"is\":\"message\",\"of\":\"q\",\"id\":\"3\",\"se", StandardOpenOption.APPEND);
        try (var journal = new Journal(file)) {
            assertEquals(Set.of("2"), journal.queues().get("q").messages().keySet());
            journal.message("q", "4", json("next", 1));
        }
        try (var journal = new Journal(file)) {
            assertEquals(Set.of("2", "4"), journal.queues().get("q").messages().keySet());
        }
    }

    @Test
    void aBrokenLineInTheMiddleIsAnError() throws IOException {
        Files.writeString(file, "{\"is\n{\"is\":\"gone\",\"of\":\"q\"}\n", StandardOpenOption.APPEND);
        var broken = assertThrows(UncheckedIOException.class, () -> new Journal(file));
        assertTrue(broken.getMessage().contains("queues.journal"));
    }

    private static ObjectNode json(String name, int value) {
        return Journal.JSON.createObjectNode().put(name, value);
    }
}

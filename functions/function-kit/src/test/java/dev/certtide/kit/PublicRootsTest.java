package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.kit.PublicRoots.Stored;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class PublicRootsTest {
    private static final Stored FIRST = new Stored("first", LocalDate.parse("2026-11-20"));
    private static final Stored SECOND = new Stored("second", LocalDate.parse("2026-11-22"));

    private static final Stored THIRD = new Stored("third", LocalDate.parse("2026-11-22"));

    private Table table;
    private PublicRoots roots;

    @BeforeEach
    void inANewTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
        roots = new PublicRoots(table);
    }

    @Test
    void theNewestCountsAndOfThoseBeforeOneStaysForWhoeverIsReadingIt() {
        assertEquals(Optional.empty(), roots.version());

        roots.store(FIRST);
        var first = roots.version().orElseThrow();
        roots.store(FIRST);
        assertEquals(Optional.of(FIRST), roots.find(first));

        roots.store(SECOND);
        var second = roots.version().orElseThrow();
        assertEquals(Optional.of(SECOND), roots.find(second));
        assertEquals(Optional.of(FIRST), roots.find(first));

        roots.store(THIRD);
        assertEquals(Optional.of(THIRD), roots.find(roots.version().orElseThrow()));
        assertEquals(Optional.of(SECOND), roots.find(second));
        assertEquals(Optional.empty(), roots.find(first));

        roots.remove();
        assertEquals(Optional.empty(), roots.version());
        assertEquals(List.of(), table.query("ROOTS##public", "LIST#"));
    }

    @Test
    void theLargestListHasRoomInAnItem() {
        var largest = new Stored("x".repeat(PublicRoots.MOST_BYTES), LocalDate.parse("2026-11-22"));

        roots.store(largest);

        assertEquals(Optional.of(largest), roots.find(roots.version().orElseThrow()));
    }

    @Test
    void anotherListThanItsVersionSaysIsNone() {
        roots.store(FIRST);
        var version = roots.version().orElseThrow();
        table.put(Item.of("ROOTS##public", "LIST#" + version)
                .with("pem", "forged")
                .with("storedOn", "2026-11-22"));

        assertThrows(IllegalStateException.class, () -> roots.find(version));
    }
}

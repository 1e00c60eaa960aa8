package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class StandingsTest {
    private static final Target SHOP = Target.parse("shop.example");

    private Table table;
    private Standings standings;

    @BeforeEach
    void newTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
        standings = new Standings(table);
    }

    @Test
    void aStandingTakesThePlaceOfTheOneItWasMadeFrom() {
        var first = standing(Status.OK);
        assertTrue(standings.put(first, Optional.empty()));
        assertTrue(standings.put(standing(Status.WARNING), Optional.of(first)));
        assertFalse(standings.put(standing(Status.CRITICAL), Optional.of(first)), "it is no longer the one");
        assertFalse(standings.put(standing(Status.CRITICAL), Optional.empty()), "there is one");
        assertEquals(Optional.of(standing(Status.WARNING)), standings.of(SHOP));
    }

    /** A field that was added, or taken away, makes another text of the same standing. */
    @Test
    void aStandingThatOlderCodeHasWrittenCanBeReplaced() {
        var text = Json.write(standing(Status.OK)).replaceFirst("\\{", "{\"before\":1,");
        table.put(Item.of("TARGET#" + SHOP.id(), "STANDING").with("standing", text));

        var found = standings.of(SHOP);

        assertEquals(Optional.of(standing(Status.OK)), found);
        assertTrue(standings.put(standing(Status.WARNING), found));
        assertFalse(standings.put(standing(Status.CRITICAL), found), "it is no longer the one");
        assertEquals(Optional.of(standing(Status.WARNING)), standings.of(SHOP));
    }

    private static Standing standing(Status status) {
        var at = Instant.parse("2026-11-21T12:00:00Z");
        return new Standing(
                "a",
                SHOP,
                status,
                at,
                at,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

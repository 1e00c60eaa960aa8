package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.Notification;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class IncidentsTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Owner JANE = new Owner("jane");
    private static final Cause CAUSE = Cause.of(SHOP);
    private static final Channel MAIL = new Channel.Email("jane@example.com");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Incident FIRST = incident("inc_1", Optional.empty(), false);
    private static final Incident OVER = incident("inc_1", Optional.of(NOON.plusSeconds(60)), true);
    private static final Incident NEXT = incident("inc_2", Optional.empty(), false);

    private LocalDynamoDb dynamoDb;
    private String name;
    private Table table;
    private Incidents incidents;

    @BeforeEach
    void newTable(LocalDynamoDb dynamoDb) {
        this.dynamoDb = dynamoDb;
        name = dynamoDb.newTable();
        table = new Table(dynamoDb.client(), name);
        incidents = new Incidents(table);
    }

    @Test
    void anIncidentTakesThePlaceOfTheOneItWasMadeFrom() {
        assertTrue(incidents.put(FIRST, Optional.empty()));
        assertFalse(incidents.put(NEXT, Optional.empty()), "there is one");
        assertFalse(incidents.put(NEXT, Optional.of(OVER)), "there is another");
        assertEquals(Optional.of(FIRST), incidents.find(JANE, CAUSE.id()));
        assertTrue(incidents.put(OVER, Optional.of(FIRST)));
        assertEquals(Optional.of(OVER), incidents.find(JANE, CAUSE.id()));
    }

    @Test
    void anIncidentThatOlderCodeHasWrittenCanBeReplaced() {
        incidents.put(FIRST, Optional.empty());
        var pk = "INCIDENT#jane#" + CAUSE.id();
        var text = Json.write(FIRST).replaceFirst("\\{", "{\"before\":1,");
        table.put(Item.of(pk, "INCIDENT").with("incident", text));

        var found = incidents.find(JANE, CAUSE.id());

        assertEquals(Optional.of(FIRST), found);
        assertTrue(incidents.put(OVER, found));
        assertFalse(incidents.put(NEXT, found), "it is no longer the one");
        assertEquals(Optional.of(OVER), incidents.find(JANE, CAUSE.id()));
    }

    /** Whoever is told that the write was too late hands nothing over, and nobody else does. */
    @Test
    void whatIsToBeToldIsForWhoeverHasWrittenItEvenIfTheAnswerWasLost() {
        var intended = decision(NOON);
        losingAnswers(lossy -> assertTrue(lossy.intend(FIRST, intended)));

        assertEquals(List.of(new Incidents.Recorded(intended, true)), incidents.ledger(FIRST));
        assertFalse(incidents.intend(FIRST, decision(NOON.plusMillis(1))), "somebody else has decided it");
        incidents.carriedOut(FIRST, intended);
        assertFalse(incidents.intend(FIRST, intended), "it has been told");
    }

    @Test
    void anIncidentIsWrittenEvenIfTheAnswerWasLost() {
        losingAnswers(lossy -> assertTrue(lossy.put(FIRST, Optional.empty())));
        losingAnswers(lossy -> assertTrue(lossy.put(OVER, Optional.of(FIRST))));
        assertEquals(Optional.of(OVER), incidents.find(JANE, CAUSE.id()));
    }

    @Test
    void theNextIncidentIsListedThoughTheOneBeforeIsTakenOffTheListMeanwhile() {
        incidents.put(FIRST, Optional.empty());
        try (var between = new InFrontOf(dynamoDb.endpoint(), call -> {
                    if (call.operation().equals("DeleteItem")) {
                        assertTrue(incidents.put(NEXT, Optional.of(OVER)));
                    }
                    return new Fate.Passed(call.body());
                });
                var client = LocalDynamoDb.clientOf(between.endpoint())) {
            assertTrue(new Incidents(new Table(client, name)).put(OVER, Optional.of(FIRST)));
        }
        assertEquals(List.of(NEXT), incidents.open(JANE));
    }

    /** The answer to every first try of a write is lost. */
    private void losingAnswers(java.util.function.Consumer<Incidents> work) {
        var lost = new AtomicInteger();
        try (var lossy = new InFrontOf(
                        dynamoDb.endpoint(),
                        call -> call.operation().equals("PutItem")
                                        && call.body().contains("INCIDENT#")
                                        && lost.getAndIncrement() == 0
                                ? new Fate.Lost()
                                : new Fate.Passed(call.body()));
                var client = LocalDynamoDb.clientOf(lossy.endpoint())) {
            work.accept(new Incidents(new Table(client, name)));
        }
        assertEquals(2, lost.get(), "the SDK tried again");
    }

    private static Decision decision(Instant at) {
        return new Decision(
                0,
                "critical",
                Notification.Kind.OPENED,
                Status.CRITICAL,
                MAIL,
                Decision.Outcome.TOLD,
                "first",
                at,
                Optional.empty());
    }

    private static Incident incident(String id, Optional<Instant> resolvedAt, boolean isClosed) {
        return new Incident(
                id,
                JANE,
                CAUSE,
                Status.CRITICAL,
                NOON,
                Optional.empty(),
                resolvedAt,
                Optional.empty(),
                false,
                isClosed,
                SHOP,
                List.of(),
                Optional.empty(),
                List.of(MAIL),
                false);
    }
}

package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What owners want to be told of a URL, from the event to the schedule. */
@ExtendWith(Engines.class)
class PoliciesOfWatchesTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final String DAYS_60 = "{\"warning\": \"60d\", \"critical\": \"30d\"}";

    private Registered registered;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        registered = new Registered(dynamoDb, sqs, Map.of());
    }

    @Test
    void thePolicyOfAnEventIsThatOfTheWatchUntilAnotherOneComes() {
        add("jane", DAYS_60);
        assertEquals(List.of(Policy.parse(DAYS_60)), policies());
        registered.handle("{\"url\": \"shop.example\", \"owner\": \"jane\", \"tags\": [\"prod\"]}");
        assertEquals(List.of(Policy.parse(DAYS_60)), policies(), "left out, it stays");
        add("jane", "{}");
        assertEquals(List.of(Policy.NONE), policies(), "an empty one clears it");
    }

    @Test
    void theScheduleKnowsWhoWantsToHearEarlierAsLongAsTheyDo() {
        add("joe", "{\"levels\": {\"email\": \"critical\"}}");
        assertEquals("", eager());
        add("jane", DAYS_60);
        add("jane", DAYS_60);
        assertEquals("[\"60d\",\"30d\"]", eager());
        event("paused", "jane");
        assertEquals("", eager());
        event("resumed", "jane");
        assertEquals("[\"60d\",\"30d\"]", eager());
        add("jane", "{}");
        assertEquals("", eager());
        add("jane", DAYS_60);
        event("removed", "jane");
        assertEquals("", eager());
    }

    /** The index lags, and whoever takes a target off may die before a watch that came meanwhile puts it back. */
    @Test
    void aTargetComesBackToTheScheduleWithTheMarginsOfWhoWatchesIt() {
        add("jane", DAYS_60);
        add("joe", "{}");
        registered.config().unschedule(SHOP); // The one who took it off for joe died here.

        event("removed", "joe");

        assertEquals("[\"60d\",\"30d\"]", eager());
    }

    @Test
    void thePolicyOfAnOwnerCountsForItsNewWatches() {
        registered.policies().put(new Owner("jane"), Policy.parse(DAYS_60));
        registered.handle(
                "[{\"url\": \"shop.example\", \"owner\": \"joe\"}, {\"url\": \"shop.example\", \"owner\": \"jane\"}]");
        assertEquals("[\"60d\",\"30d\"]", eager());
        event("removed", "joe");
        assertEquals("[\"60d\",\"30d\"]", eager());
    }

    @Test
    void aPolicyWithAMistakeIsRefusedWithItsPlaceAndTheOtherEventsAreNot() {
        registered.handle("""
                [{"url": "shop.example", "policy": {"quietHours": [{"from": "22:00", "to": "07:00", "zone": "Europe/Atlantis"}]}},
                 {"url": "shop.example", "owner": "jane"}]""");
        var refused = registered.deadLetters().getFirst().messageAttributes();
        assertEquals("[0].policy.quietHours[0].zone", refused.get("field").stringValue());
        assertEquals(
                "[0].policy.quietHours[0].zone: is no time zone that exists; write one of the tz database such as "
                        + "Europe/Berlin or UTC",
                refused.get("reason").stringValue());
        assertEquals(List.of(Policy.NONE), policies());
    }

    private List<Policy> policies() {
        return registered.config().watches(SHOP).stream()
                .map(watch -> watch.policy())
                .toList();
    }

    private String eager() {
        return registered
                .config()
                .dueInOrder(Slot.of(SHOP, Cadence.DAILY))
                .toList()
                .getFirst()
                .eager()
                .map(Json::write)
                .orElse("");
    }

    private void add(String owner, String policy) {
        registered.handle("{\"url\": \"shop.example\", \"owner\": \"%s\", \"policy\": %s}".formatted(owner, policy));
    }

    private void event(String type, String owner) {
        registered.handle("""
                {"specversion": "1.0", "id": "1", "source": "s", "type": "dev.certtide.url.%s.v1",
                 "data": {"url": "shop.example", "owner": "%s"}}""".formatted(type, owner));
    }
}

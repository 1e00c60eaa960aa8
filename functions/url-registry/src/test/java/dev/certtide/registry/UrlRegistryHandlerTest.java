package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.NoSchedule;
import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Owner;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.Watch;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.event.WatchAdded;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function as it is deployed, on tables and queues. */
@ExtendWith(Engines.class)
class UrlRegistryHandlerTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Owner JANE = new Owner("jane");
    private static final Instant NOW = Registered.NOW;

    private Registered registered;
    private Config config;
    private Results results;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        registered = new Registered(dynamoDb, sqs, Map.of());
        config = registered.config();
        results = registered.results();
    }

    @Test
    void anAddedUrlIsWatchedAndScheduled() {
        handle(
                "{\"url\": \"https://shop.example/login\", \"owner\": \"jane\", \"email\": \"jane@example.com\", \"externalId\": 7}");
        assertEquals(
                List.of(new Watch(
                        SHOP,
                        JANE,
                        false,
                        Optional.of("7"),
                        List.of(),
                        List.of(new Channel.Email("jane@example.com")),
                        NOW)),
                config.watches(SHOP));
        assertEquals(List.of(new Due(SHOP, false)), due());
        assertEquals(List.of(), registered.sentToFailures());
    }

    @Test
    void addingAgainUpdatesAndKeepsWhatIsNotNamed() {
        var added =
                "{\"url\": \"shop.example\", \"owner\": \"jane\", \"email\": \"jane@example.com\", \"externalId\": 7}";
        handle(added);
        handle(added, "{\"url\": \"shop.example\", \"owner\": \"jane\", \"tags\": [\"prod\"]}");
        assertEquals(
                List.of(new Watch(
                        SHOP,
                        JANE,
                        false,
                        Optional.of("7"),
                        List.of("prod"),
                        List.of(new Channel.Email("jane@example.com")),
                        NOW)),
                config.watches(SHOP));
    }

    @Test
    void aTargetIsScheduledAsLongAsSomebodyWantsToHearOfIt() {
        handle(event("added", "jane"), event("added", "joe"));
        handle(event("paused", "jane"));
        assertEquals(1, due().size());
        handle(event("removed", "joe"));
        assertEquals(List.of(), due());
        handle(event("resumed", "jane"));
        assertEquals(1, due().size());
        handle(event("removed", "jane"), event("removed", "jane"));
        assertEquals(List.of(), due());
        assertEquals(List.of(), config.watches(SHOP));
    }

    @Test
    void whatNobodyWatchesCanBeNeitherPausedNorResumed() {
        handle(event("paused", "jane"), event("resumed", "jane"), event("check-requested", "jane"));
        assertEquals(List.of(), config.watches(SHOP));
        assertEquals(List.of(), due());
    }

    @Test
    void whoAddsATargetInTroubleIsToldOfIt() {
        beginTrouble();
        handle(event("added", "jane"));
        var sent = registered.sentToFailures();
        assertEquals(1, sent.size());
        assertEquals(
                new WatchAdded(SHOP, JANE),
                CloudEvent.read(WatchAdded.class, sent.getFirst().body()).data());
    }

    /** Otherwise good results would not reach the incident: it would stay open and swallow the next trouble. */
    @Test
    void aTargetThatComesBackOnTheScheduleInTroubleIsStillKnownToBeInTrouble() {
        handle(event("added", "jane"));
        beginTrouble();
        handle(event("paused", "jane"));
        handle(event("resumed", "jane"));
        assertEquals(List.of(new Due(SHOP, true)), due());
        assertEquals(2, registered.sentToFailures().size(), "of the pause, and of going on");
        handle(event("removed", "jane"));
        handle(event("added", "jane"));
        assertEquals(List.of(new Due(SHOP, true)), due());
    }

    /** Found by the simulation, seed 30: the incident of who paused the watch stayed open. */
    @Test
    void aPauseIsToldToTheFailuresThoughItIsTroubleToItsOwnerOnly() {
        handle(event("added", "jane"));
        stand(Status.OK);
        registered.standings().put(SHOP, JANE, Set.of(Cause.of(SHOP)));
        handle(event("paused", "jane"));
        assertEquals(1, registered.sentToFailures().size());
    }

    @Test
    void whatItsCertificatesHaveTaughtComesBackWithATarget() {
        handle(event("added", "jane"));
        for (int i = 0; i < 4; i++) {
            results.keep(check(i), NoSchedule.NONE);
        }
        assertEquals(Optional.empty(), due().getFirst().known(), "the stats have not told the schedule");
        handle(event("paused", "jane"));
        handle(event("resumed", "jane"));
        assertEquals(
                3, due().getFirst().known().flatMap(Known::habit).orElseThrow().renewals());
        assertEquals(Optional.of(Outcome.of(check(3))), due().getFirst().last());
    }

    /** 90-day certificates, each replaced after 60 days. */
    private static CheckResult check(int number) {
        var issued = NOW.plus(Duration.ofDays(60L * number));
        var leaf = Sights.leaf("shop.example", issued, issued.plus(Duration.ofDays(90)), "leaf" + number);
        var address = Sights.address(leaf);
        return new CheckResult(SHOP, issued.plusSeconds(60), new Verdict(Status.OK, List.of()), List.of(address));
    }

    @Test
    void oneBadElementIsKeptWithItsReasonAndTheOthersAreWatched() {
        handle("[{\"url\": \"http://shop.example\"}, {\"url\": \"shop.example\", \"owner\": \"jane\"}, null]");
        assertEquals(1, config.watches(SHOP).size());
        var kept = registered.deadLetters();
        assertEquals(2, kept.size());
        assertTrue(kept.stream()
                .anyMatch(message -> message.body().equals("{\"url\":\"http://shop.example\"}")
                        && message.messageAttributes()
                                .get("field")
                                .stringValue()
                                .equals("[0].url")));
        assertTrue(kept.stream().anyMatch(message -> message.body().equals("null")));
    }

    private void beginTrouble() {
        stand(Status.CRITICAL);
    }

    private void stand(Status status) {
        registered
                .standings()
                .put(
                        new Standing(
                                "1",
                                SHOP,
                                status,
                                NOW,
                                NOW,
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty());
    }

    private List<Due> due() {
        return config.dueInOrder(Slot.of(SHOP, Cadence.DAILY)).toList();
    }

    private static String event(String type, String owner) {
        return """
                {"specversion": "1.0", "id": "1", "source": "s", "type": "dev.certtide.url.%s.v1",
                 "data": {"url": "shop.example", "owner": "%s"}}""".formatted(type, owner);
    }

    private void handle(String... bodies) {
        for (var body : bodies) {
            registered.handle(body);
        }
    }
}

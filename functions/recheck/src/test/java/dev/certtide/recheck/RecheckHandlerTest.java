package dev.certtide.recheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.certtide.kit.Claims;
import dev.certtide.kit.Config;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.history.LeafSeen;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function as it is deployed, on tables and queues. */
@ExtendWith(Engines.class)
class RecheckHandlerTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
    private static final Target SHOP = Target.parse("shop.example");

    private final Invocation invocation = new Invocation("recheck", Duration.ofSeconds(60));
    private final Map<String, String> environment = new HashMap<>();
    private LocalSqs sqs;
    private String queue;
    private Config config;
    private Table dedup;
    private Instant now = MIDNIGHT;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        this.sqs = sqs;
        queue = sqs.newQueue();
        var configTable = dynamoDb.newTable();
        var dedupTable = dynamoDb.newTable();
        config = new Config(new Table(dynamoDb.client(), configTable));
        dedup = new Table(dynamoDb.client(), dedupTable);
        environment.putAll(Variables.of(
                dynamoDb,
                sqs,
                Map.of(
                        "CONFIG_TABLE", configTable,
                        "DEDUP_TABLE", dedupTable,
                        "RECHECK_QUEUE_URL", queue,
                        "SSL_FAILURES_QUEUE_URL", sqs.newQueue())));
        config.schedule(SHOP);
        now = MIDNIGHT.plus(Duration.ofMinutes(Slot.of(SHOP, Cadence.DAILY).minute()));
    }

    @Test
    void aTargetIsSentInItsMinuteAndOnceHoweverOftenTheMinuteIsTold() {
        tick();
        assertEquals(List.of(SHOP), sent());
        tick();
        now = now.plusSeconds(30);
        tick();
        now = now.plusSeconds(30);
        tick();
        assertEquals(List.of(), sent());
        now = now.plus(Duration.ofDays(1)).minusSeconds(60);
        tick();
        assertEquals(List.of(SHOP), sent());
    }

    @Test
    void whatIsKnownOfATargetGoesWithIt() {
        var leaf = new LeafSeen(
                "leaf",
                MIDNIGHT,
                MIDNIGHT.plus(Duration.ofDays(90)),
                "CN=CA",
                Optional.empty(),
                "names",
                true,
                MIDNIGHT,
                MIDNIGHT);
        config.remember(SHOP, new LeafHistory(List.of(leaf), Optional.empty()));
        var known = new Known(true, Optional.empty());
        config.markIncident(SHOP, "inc_1");
        tick();
        assertEquals(
                List.of(new RecheckDue.Due(SHOP, true, Optional.of(known), Optional.empty())),
                sqs.drain(queue).stream()
                        .flatMap(message -> CloudEvent.read(RecheckDue.class, message.body()).data().targets().stream())
                        .toList());
    }

    @Test
    void theMinuteIsThatOfTheRuleAndNotThatOfTheClock() {
        var event = new ScheduledEvent();
        event.setTime(new org.joda.time.DateTime(now.toEpochMilli()));
        now = now.plus(Duration.ofMinutes(1));
        handler().handleRequest(event, invocation);
        assertEquals(List.of(SHOP), sent());
    }

    @Test
    void aLargeSlotIsSentInMessagesOfAHundred() {
        var slot = new Slot(Cadence.HOURLY, 7, 0);
        var expected = new HashSet<Target>();
        for (int i = 0; expected.size() < 205; i++) {
            var target = Target.parse("host-" + i + ".example");
            if (Slot.of(target, Cadence.HOURLY).equals(slot)) {
                // Without a leaf: the cadence is hourly.
                var result = new CheckResult(target, MIDNIGHT, new Verdict(Status.OK, List.of()), List.of());
                config.schedule(target);
                config.settle(result, Optional.empty());
                expected.add(target);
            }
        }
        now = MIDNIGHT.plus(Duration.ofHours(5)).plus(Duration.ofMinutes(7));
        tick();
        var messages = sqs.drain(queue);
        assertEquals(3, messages.size());
        var all = new ArrayList<Target>();
        messages.forEach(message -> CloudEvent.read(RecheckDue.class, message.body())
                .data()
                .targets()
                .forEach(due -> all.add(due.target())));
        assertEquals(205, all.size());
        assertEquals(expected, new HashSet<>(all));
    }

    @Test
    void aFailureIsToldToLambdaAndTheRepetitionSendsTheSlot() {
        environment.put("RECHECK_QUEUE_URL", queue + "-gone");
        assertThrows(RuntimeException.class, this::tick);
        environment.put("RECHECK_QUEUE_URL", queue);
        tick();
        assertEquals(List.of(SHOP), sent());
    }

    /** It is no failure: the other invocation may be well, and whether it is the cursor waits to hear. */
    @Test
    void aSlotThatACrashedInvocationHasLeftIsTriedAgainUntilItsLeaseHasEnded() {
        new Claims(dedup, () -> now)
                .claim("recheck#" + Slot.of(SHOP, Cadence.DAILY).key() + "#" + now, Duration.ofMinutes(2));
        tick();
        assertEquals(List.of(), sent());
        assertTrue(
                invocation.lines().stream().anyMatch(line -> line.contains("another invocation is at it")),
                invocation.lines().toString());
        var all = new ArrayList<Target>();
        for (int i = 0; i < 5; i++) {
            now = now.plus(Duration.ofMinutes(1));
            tick();
            all.addAll(sent());
        }
        assertEquals(List.of(SHOP), all);
        assertTrue(invocation.lines().getLast().contains("\"RecheckBehind\":0"), "and nothing is left behind");
    }

    @Test
    void aSlotThatALivingInvocationIsAtIsNotSentAgain() {
        var other = new Claims(dedup, () -> now);
        var claim = (Claims.Claim.Granted) other.claim(
                "recheck#" + Slot.of(SHOP, Cadence.DAILY).key() + "#" + now, Duration.ofMinutes(2));
        tick();
        other.done(claim, Duration.ofDays(2));
        for (int i = 0; i < 4; i++) {
            now = now.plus(Duration.ofMinutes(1));
            tick();
        }
        assertEquals(List.of(), sent());
        assertTrue(invocation.lines().getLast().contains("\"RecheckBehind\":0"));
    }

    @Test
    void nothingIsSentWhenNothingIsDue() {
        config.unschedule(SHOP);
        tick();
        assertEquals(List.of(), sent());
        assertTrue(
                invocation.lines().getFirst().contains("\"RecheckDue\":0"),
                invocation.lines().toString());
    }

    private void tick() {
        handler().handleRequest(new ScheduledEvent(), invocation);
    }

    private RecheckHandler handler() {
        return new RecheckHandler(environment, () -> now);
    }

    private List<Target> sent() {
        return sqs.drain(queue).stream()
                .flatMap(message -> CloudEvent.read(RecheckDue.class, message.body()).data().targets().stream())
                .map(RecheckDue.Due::target)
                .toList();
    }
}

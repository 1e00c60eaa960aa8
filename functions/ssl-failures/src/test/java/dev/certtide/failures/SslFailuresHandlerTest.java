package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.JOE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.SHOP;
import static dev.certtide.failures.Samples.message;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static dev.certtide.model.Status.CRITICAL;
import static dev.certtide.model.Status.OK;
import static dev.certtide.model.Status.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.Standings;
import dev.certtide.kit.Table;
import dev.certtide.kit.Watches;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.NoSchedule;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.Watch;
import dev.certtide.model.WatchChanges;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.event.WatchAdded;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function as it is deployed, on tables and queues. */
@ExtendWith(Engines.class)
class SslFailuresHandlerTest {
    private final Invocation invocation = new Invocation("ssl-failures", Duration.ofSeconds(60));
    private LocalSqs sqs;
    private String notifications;
    private String deadLetters;
    private String rechecks;
    private Standings standings;
    private Config config;
    private Watches watches;
    private Results results;
    private SslFailuresHandler handler;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        this.sqs = sqs;
        notifications = sqs.newQueue();
        deadLetters = sqs.newQueue();
        var configTable = dynamoDb.newTable();
        var resultsTable = dynamoDb.newTable();
        rechecks = sqs.newQueue();
        standings = new Standings(new Table(dynamoDb.client(), resultsTable));
        config = new Config(new Table(dynamoDb.client(), configTable));
        results = new Results(new Table(dynamoDb.client(), resultsTable));
        config.schedule(SHOP);
        watches = new Watches(new Table(dynamoDb.client(), configTable), () -> Samples.START);
        put(watch(JANE, MAIL));
        handler = new SslFailuresHandler(
                Variables.of(
                        dynamoDb,
                        sqs,
                        Map.of(
                                "CONFIG_TABLE",
                                configTable,
                                "RESULTS_TABLE",
                                resultsTable,
                                "DEDUP_TABLE",
                                dynamoDb.newTable(),
                                "RECHECK_QUEUE_URL",
                                rechecks,
                                "NOTIFICATIONS_QUEUE_URL",
                                notifications,
                                "DEAD_LETTER_QUEUE_URL",
                                deadLetters)),
                () -> Samples.minute(99));
    }

    @Test
    void anIncidentIsToldMarkedAndClosed() {
        handle(message(result(CRITICAL, 1)));
        assertEquals(List.of("opened:critical"), told());
        assertEquals(
                List.of(new Due(SHOP, true)),
                config.dueInOrder(Slot.of(SHOP, Cadence.DAILY)).toList());
        handle(message(result(OK, 2)));
        assertEquals(List.of("recovered:ok"), told());
        assertEquals(
                List.of(new Due(SHOP, false)),
                config.dueInOrder(Slot.of(SHOP, Cadence.DAILY)).toList());
    }

    @Test
    void aMarkThatWasSetWhileTheIncidentWasBeingResolvedIsTakenAway() {
        handle(message(result(CRITICAL, 1)));
        handle(message(result(OK, 2)));
        config.markIncident(SHOP, "stray");

        handle(message(result(OK, 3)));

        assertEquals(
                List.of(new Due(SHOP, false)),
                config.dueInOrder(Slot.of(SHOP, Cadence.DAILY)).toList());
    }

    @Test
    void whatComesTwiceOrLateIsNotToldAgain() {
        handle(message(result(WARNING, 1)));
        handle(message(result(WARNING, 1)), message(result(WARNING, 1)));
        handle(message(result(CRITICAL, 5)));
        handle(message(result(WARNING, 3), result(OK, 4)));
        assertEquals(List.of("opened:warning", "changed:critical"), told());
    }

    @Test
    void anOldBadResultThatComesAfterANewerGoodOneOpensNothing() {
        results.keep(result(OK, 5), NoSchedule.NONE);
        handle(message(result(CRITICAL, 1)));
        assertEquals(List.of(), told());
        assertEquals(
                true, standings.of(SHOP).filter(standing -> !standing.isWell()).isEmpty());
        assertEquals(
                List.of(new Due(SHOP, false)),
                config.dueInOrder(Slot.of(SHOP, Cadence.DAILY)).toList());
    }

    @Test
    void anOldBadResultThatComesAfterANewerBadOneOpensTheIncidentOfTheNewer() {
        results.keep(result(WARNING, 5), NoSchedule.NONE);
        handle(message(result(CRITICAL, 1)));
        assertEquals(List.of("opened:warning"), told());
    }

    @Test
    void whoBeginsToWatchInTheMiddleOfAnIncidentIsTold() {
        handle(message(result(CRITICAL, 1)));
        told();
        put(watch(JOE, HOOK));
        var added = CloudEvent.of(
                EventType.WATCH_ADDED,
                "1",
                "url-registry",
                SHOP.id(),
                Samples.START,
                Optional.empty(),
                new WatchAdded(SHOP, JOE));
        handle(added.write(), added.write());
        assertEquals(List.of("opened:critical"), told());
    }

    /** By the clock of whoever tells of timers it is time already. */
    @Test
    void aTimerThatComesBeforeItsTimeComesBack() {
        var at = Samples.minute(99).plusMillis(100);
        var timer = new TimerDue("t", "reminder", at, Map.of());
        var event =
                Invocation.messages(CloudEvent.of(EventType.TIMER_DUE, "1", "recheck", "t", at, Optional.empty(), timer)
                        .write());

        var failures = handler.handleRequest(event, invocation).getBatchItemFailures();

        assertEquals(1, failures.size());
        assertEquals(
                List.of(),
                invocation.lines().stream()
                        .filter(line -> line.contains("\"TimersDue\":1"))
                        .toList());
    }

    @Test
    void aTimerOfAnyKindIsCounted() {
        var data = Map.of("owner", "jane", "cause", "target:" + SHOP.id());
        var timer = new TimerDue("t", IncidentLooks.TIMER, Samples.START, data);
        handle(CloudEvent.of(EventType.TIMER_DUE, "1", "recheck", "t", Samples.START, Optional.empty(), timer)
                .write());
        assertEquals(
                1,
                invocation.lines().stream()
                        .filter(line -> line.contains("\"TimersDue\":1"))
                        .count());
    }

    @Test
    void aTimerThatNobodyWaitsForIsCountedAndNothingElse() {
        var timer = new TimerDue("t", "reminder", Samples.START, Map.of("incident", "inc_1"));
        handle(CloudEvent.of(EventType.TIMER_DUE, "1", "recheck", "t", Samples.START, Optional.empty(), timer)
                .write());
        assertEquals(List.of(), told());
        assertEquals(List.of(), sqs.drain(deadLetters));
        assertEquals(
                1,
                invocation.lines().stream()
                        .filter(line -> line.contains("\"TimersDue\":1"))
                        .count());
    }

    @Test
    void anEventThatIsForOthersIsKeptWithItsReason() {
        var added = CloudEvent.of(
                EventType.NOTIFICATION_DECIDED,
                "1",
                "url-registry",
                SHOP.id(),
                Samples.START,
                Optional.empty(),
                new WatchAdded(SHOP, JOE));
        handle(added.write());
        assertEquals(
                List.of("type"),
                sqs.drain(deadLetters).stream()
                        .map(message -> message.messageAttributes().get("field").stringValue())
                        .toList());
    }

    @Test
    void manyInvocationsAtOnceAgreeOnOneIncident() throws Exception {
        var deliveries = IntStream.range(0, 40)
                .mapToObj(i -> message(result(i % 3 == 0 ? CRITICAL : WARNING, 1 + i % 10)))
                .map(body -> (Callable<Integer>) () -> handler.handleRequest(Invocation.messages(body), invocation)
                        .getBatchItemFailures()
                        .size())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(deliveries)) {
                assertEquals(0, outcome.get());
            }
        }
        assertEquals(Samples.minute(10), standings.of(SHOP).orElseThrow().lastResultAt());
        var sent = notifications();
        assertEquals(1, sent.stream().map(Notification::incident).distinct().count());
        // Two at once may hand over the same notification; the notifier tells each key once.
        var keys = sent.stream().map(Notification::key).distinct().count();
        assertEquals(keys, sent.stream().map(Notification::status).distinct().count());
    }

    @Test
    void whatIsNoResultIsKeptWithItsReason() {
        handle("[{\"specversion\": \"1.0\"}]", "[null]", "nonsense", "{}", "[]");
        assertEquals(List.of(), told());
        assertEquals(
                Set.of("ssl-failures"),
                sqs.drain(deadLetters).stream()
                        .map(message ->
                                message.messageAttributes().get("function").stringValue())
                        .collect(Collectors.toSet()));
    }

    private void handle(String... bodies) {
        for (var body : bodies) {
            assertEquals(
                    List.of(),
                    handler.handleRequest(Invocation.messages(body), invocation).getBatchItemFailures(),
                    invocation.lines().toString());
        }
    }

    private List<String> told() {
        return notifications().stream()
                .map(told -> told.kind().word() + ":" + told.status().word())
                .toList();
    }

    private List<Notification> notifications() {
        return sqs.drain(notifications).stream()
                .map(message ->
                        CloudEvent.read(Notification.class, message.body()).data())
                .toList();
    }

    private void put(Watch watch) {
        watches.change(watches.read(watch.target(), watch.owner()), _ -> WatchChanges.of(watch));
    }
}

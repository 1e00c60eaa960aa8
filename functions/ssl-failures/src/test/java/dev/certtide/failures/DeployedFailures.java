package dev.certtide.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.AwsClients;
import dev.certtide.kit.Config;
import dev.certtide.kit.Incidents;
import dev.certtide.kit.Policies;
import dev.certtide.kit.Standings;
import dev.certtide.kit.Table;
import dev.certtide.kit.Timers;
import dev.certtide.kit.UrlEventBatch;
import dev.certtide.kit.Watches;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.memory.Faults;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import dev.certtide.kit.engine.memory.MemorySqs;
import dev.certtide.kit.engine.memory.Mischief;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.WatchChanges;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.event.WatchAdded;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.IncidentAnswered;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.Message;

/** The function on engines in memory, with a clock that is turned by hand and timers that go off by it. */
final class DeployedFailures {
    private final MemoryDynamoDb dynamoDb = new MemoryDynamoDb(this::now);
    private final MemorySqs sqs = new MemorySqs(this::now, Mischief.none());
    private final String configTable = dynamoDb.newTable();
    private final String resultsTable = dynamoDb.newTable();
    private final String notifications = queue("notifications");
    private final String rechecks = queue("rechecks");
    private final String deadLetters = queue("dead-letters");
    private final Map<String, String> variables;
    private volatile SslFailuresHandler handler;
    private Instant now = Samples.START;

    DeployedFailures() {
        var variables = Map.of(
                "CONFIG_TABLE", configTable,
                "RESULTS_TABLE", resultsTable,
                "DEDUP_TABLE", dynamoDb.newTable(),
                "NOTIFICATIONS_QUEUE_URL", notifications,
                "RECHECK_QUEUE_URL", rechecks,
                "DEAD_LETTER_QUEUE_URL", deadLetters,
                "AWS_REGION", "us-east-1");
        this.variables = variables;
        handler = AwsClients.lend(dynamoDb, sqs, () -> new SslFailuresHandler(variables, this::now));
    }

    /** The function dies after its first call of that operation: nothing that it does after that happens. */
    void dieAfter(String operation, Runnable work) {
        var alive = handler;
        var faults = Faults.seeded(1, Faults.Rates.NONE, Map.of(operation, new Faults.Rates(0, 1, 0)));
        handler = AwsClients.lend(
                dynamoDb.through(faults), sqs.through(faults), () -> new SslFailuresHandler(variables, this::now));
        try {
            work.run();
        } catch (AssertionError died) {
            // Its messages come back: it is for the test to bring them.
        } finally {
            handler = alive;
        }
        assertTrue(faults.hasCrashed());
    }

    /**
     * Another process does all of its work before the function's call of that number.
     *
     * @return whether there was such a call
     */
    boolean overtaken(long call, Runnable others, Runnable work) {
        var alive = handler;
        var faults = Faults.none();
        var isDone = new AtomicBoolean();
        faults.meanwhile(() -> {
            if (faults.calls() == call - 1 && !isDone.getAndSet(true)) {
                handler = alive;
                others.run();
            }
        });
        handler = AwsClients.lend(
                dynamoDb.through(faults), sqs.through(faults), () -> new SslFailuresHandler(variables, this::now));
        work.run();
        handler = alive;
        return isDone.get();
    }

    private Instant now() {
        return now == null ? Samples.START : now;
    }

    private String queue(String name) {
        return sqs.createQueue(request -> request.queueName(name)).queueUrl();
    }

    Config config() {
        return new Config(new Table(dynamoDb, configTable));
    }

    Incidents incidents() {
        return new Incidents(new Table(dynamoDb, resultsTable));
    }

    Standings standings() {
        return new Standings(new Table(dynamoDb, resultsTable));
    }

    Table configuration() {
        return new Table(dynamoDb, configTable);
    }

    Table results() {
        return new Table(dynamoDb, resultsTable);
    }

    /** The owner begins to watch it before anything is known of it. */
    void begin(Watch watch) {
        config().schedule(watch.target());
        var watches = new Watches(new Table(dynamoDb, configTable), this::now);
        watches.change(watches.read(watch.target(), watch.owner()), _ -> WatchChanges.of(watch));
    }

    /** The owner watches it, or wants it otherwise. */
    void watch(Watch watch) {
        begin(watch);
        handle(CloudEvent.of(
                        EventType.WATCH_ADDED,
                        "1",
                        "url-registry",
                        watch.target().id(),
                        now,
                        Optional.empty(),
                        new WatchAdded(watch.target(), watch.owner()))
                .write());
    }

    void policy(Owner owner, Policy policy) {
        new Policies(new Table(dynamoDb, configTable)).put(owner, policy);
    }

    /** Results come in when they have been checked: until then time passes. */
    void result(CheckResult... results) {
        Stream.of(results)
                .map(result -> Duration.between(now, result.checkedAt()))
                .filter(ahead -> ahead.compareTo(UrlEventBatch.MOST_AHEAD) > 0)
                .max(Duration::compareTo)
                .ifPresent(this::pass);
        tell(results);
    }

    /** Results come in, whatever the clock says. */
    void tell(CheckResult... results) {
        handle(Samples.message(results));
    }

    void answer(Incident incident, Incident.Answer.Kind kind) {
        var until = Optional.of(now.plus(Duration.ofDays(1))).filter(_ -> kind == Incident.Answer.Kind.SNOOZED);
        var answer = new Incident.Answer(kind, now, Optional.of("jane"), until);
        handle(CloudEvent.of(
                        EventType.INCIDENT_ANSWERED,
                        "1",
                        "cli",
                        incident.id(),
                        now,
                        Optional.empty(),
                        new IncidentAnswered(incident.owner(), incident.cause().id(), incident.id(), answer))
                .write());
    }

    /** Time passes, and the timers that were set go off at their minutes. */
    void pass(Duration time) {
        var end = now.plus(time);
        for (var due = due(end); due.isPresent(); due = due(end)) {
            var timer = due.get();
            now = timer.at().isAfter(now) ? timer.at() : now;
            new Timers(new Table(dynamoDb, configTable), this::now).remove(timer);
            goOff(timer);
        }
        now = end;
    }

    /** Tells the function that a timer's time has come. */
    void goOff(TimerDue timer) {
        handle(CloudEvent.of(EventType.TIMER_DUE, "1", "recheck", timer.id(), now, Optional.empty(), timer)
                .write());
    }

    private Optional<TimerDue> due(Instant end) {
        return timers().stream().filter(timer -> !timer.at().isAfter(end)).min(Comparator.comparing(TimerDue::at));
    }

    List<TimerDue> timers() {
        return dynamoDb.scanPaginator(request -> request.tableName(configTable)).items().stream()
                .filter(item -> item.containsKey("timer"))
                .map(item -> dev.certtide.model.json.Json.read(
                        TimerDue.class, item.get("timer").s()))
                .toList();
    }

    /** What was told since this was asked last, as {@code kind:status target}. */
    List<String> told() {
        return notifications().stream()
                .map(told -> told.kind().word() + ":" + told.status().word() + " "
                        + told.target().host())
                .toList();
    }

    List<Notification> notifications() {
        return drain(notifications)
                .map(message ->
                        CloudEvent.read(Notification.class, message.body()).data())
                .toList();
    }

    /** The targets for which a check was asked since this was asked last, as far as it is to be done by now. */
    List<Target> askedToCheck() {
        return drain(rechecks)
                .flatMap(message -> CloudEvent.read(RecheckDue.class, message.body()).data().targets().stream())
                .map(RecheckDue.Due::target)
                .toList();
    }

    List<Message> deadLetters() {
        return drain(deadLetters).toList();
    }

    private Stream<Message> drain(String queue) {
        var all = new ArrayList<Message>();
        while (true) {
            var some = sqs.receiveMessage(request ->
                            request.queueUrl(queue).maxNumberOfMessages(10).messageAttributeNames("All"))
                    .messages();
            if (some.isEmpty()) {
                return all.stream();
            }
            some.forEach(message ->
                    sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle())));
            all.addAll(some);
        }
    }

    private void handle(String body) {
        var invocation = new Invocation("ssl-failures", Duration.ofSeconds(60));
        assertEquals(
                List.of(),
                handler.handleRequest(Invocation.messages(body), invocation).getBatchItemFailures(),
                invocation.lines().toString());
    }

    static List<Target> targets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Target.parse("host%04d.example".formatted(i)))
                .toList();
    }
}

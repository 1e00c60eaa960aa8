package dev.certtide.recheck;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.certtide.kit.Config;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.kit.Timers;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The function with tables, a queue and a clock of its own. */
final class Recheck {
    final Map<String, String> environment = new HashMap<>();
    final Table dedup;
    final Table configTable;
    final Config config;
    final String queue;
    final String failures;
    final Timers timers;
    Instant now = Instant.parse("2026-11-21T00:00:00Z");

    private final LocalSqs sqs;

    Recheck(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        this.sqs = sqs;
        queue = sqs.newQueue();
        failures = sqs.newQueue();
        var configName = dynamoDb.newTable();
        var dedupName = dynamoDb.newTable();
        configTable = new Table(dynamoDb.client(), configName);
        config = new Config(configTable);
        dedup = new Table(dynamoDb.client(), dedupName);
        timers = new Timers(configTable, () -> now);
        environment.putAll(Variables.of(
                dynamoDb,
                sqs,
                Map.of(
                        "CONFIG_TABLE",
                        configName,
                        "DEDUP_TABLE",
                        dedupName,
                        "RECHECK_QUEUE_URL",
                        queue,
                        "SSL_FAILURES_QUEUE_URL",
                        failures)));
    }

    /** Puts a target on the schedule. */
    void schedule(Target target, Cadence cadence) {
        configTable.put(Item.of("TARGET#" + target.id(), "TARGET")
                .with("target", target.id())
                .with("due", Slot.of(target, cadence).key())
                .with("dueKey", target.id()));
    }

    /** The rule tells the minute of the clock. */
    void tick() {
        tell(now);
    }

    void tell(Instant minute) {
        tell(minute, Duration.ofMinutes(10));
    }

    /** With so much time until Lambda ends it. */
    Invocation tell(Instant minute, Duration time) {
        var event = new ScheduledEvent();
        event.setTime(new org.joda.time.DateTime(minute.toEpochMilli()));
        var invocation = new Invocation("recheck", time);
        new RecheckHandler(environment, () -> now).handleRequest(event, invocation);
        return invocation;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** What was sent since the last time, in no order. */
    List<Target> sent() {
        return messages().stream()
                .flatMap(due -> due.targets().stream())
                .map(RecheckDue.Due::target)
                .toList();
    }

    /** The timers that were told of since the last time. */
    List<TimerDue> told() {
        return sqs.drain(failures).stream()
                .map(message -> CloudEvent.read(TimerDue.class, message.body()).data())
                .toList();
    }

    /** How many timers there are to be told of as soon as their time has come. */
    int toldLater() {
        var delayed = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED;
        return Integer.parseInt(sqs.client()
                .getQueueAttributes(
                        request -> request.queueUrl(failures).attributeNames(delayed))
                .attributes()
                .get(delayed));
    }

    /** The messages that were sent since the last time. */
    List<RecheckDue> messages() {
        return sqs.drain(queue).stream()
                .map(message ->
                        CloudEvent.read(RecheckDue.class, message.body()).data())
                .toList();
    }
}

package dev.certtide.local.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.certtide.local.lambda.FunctionException;
import dev.certtide.local.lambda.Functions;
import dev.certtide.local.sqs.OutgoingMessage;
import dev.certtide.local.sqs.Queues;
import dev.certtide.local.template.Place;
import dev.certtide.local.template.RuleSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** EventBridge: the rules on a schedule, fired by the cloud's clock. */
public final class Rules {
    /** An asynchronous invocation that fails is tried twice more ("Asynchronous invocation"). */
    private static final int ATTEMPTS = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Scheduled(RuleSpec rule, Schedule schedule) {}

    private record Firing(RuleSpec rule, Instant time) {}

    private final List<Scheduled> rules;
    private final Place place;
    private final Functions functions;
    private final Queues queues;
    private final InstantSource clock;
    private Instant last;

    /** @throws IllegalArgumentException naming a rule whose schedule EventBridge would refuse */
    public Rules(List<RuleSpec> specs, Place place, Functions functions, Queues queues, InstantSource clock) {
        this.place = place;
        this.functions = functions;
        this.queues = queues;
        this.clock = clock;
        last = clock.instant();
        rules = specs.stream().filter(RuleSpec::enabled).map(this::schedule).toList();
    }

    private Scheduled schedule(RuleSpec rule) {
        try {
            return new Scheduled(rule, Schedule.parse(rule.schedule(), last));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("rule %s: %s".formatted(rule.name(), e.getMessage()), e);
        }
    }

    /**
     * Fires every rule as often as it was due since the last call, the earliest first; returns when the targets are done.
     *
     * @return how many times a rule was fired
     */
    public synchronized int runDue() {
        var due = due(false);
        due.forEach(this::fire);
        return due.size();
    }

    /** Like {@link #runDue}, but a rule that was due several times fires once: for a machine that was asleep. */
    public synchronized int runLatestDue() {
        var due = due(true);
        due.forEach(this::fire);
        return due.size();
    }

    private List<Firing> due(boolean latestOnly) {
        var now = clock.instant();
        var due = new ArrayList<Firing>();
        for (var scheduled : rules) {
            var firings = new ArrayList<Firing>();
            var next = scheduled.schedule().next(last);
            while (next.isPresent() && !next.get().isAfter(now)) {
                if (latestOnly) firings.clear();
                firings.add(new Firing(scheduled.rule(), next.get()));
                next = scheduled.schedule().next(next.get());
            }
            due.addAll(firings);
        }
        if (now.isAfter(last)) last = now;
        due.sort(Comparator.comparing(Firing::time));
        return due;
    }

    private void fire(Firing firing) {
        for (var target : firing.rule().targets()) {
            var event = target.input().orElseGet(() -> event(firing));
            if (!deliver(target, event))
                target.deadLetterQueueArn().ifPresent(queue -> send(Place.nameOf(queue), event));
        }
    }

    private boolean deliver(RuleSpec.Target target, String event) {
        return target.isFunction() ? invoke(target.name(), event) : send(target.name(), event);
    }

    private boolean send(String queueName, String event) {
        var queue = queues.find(queueName);
        queue.ifPresent(found -> found.send(List.of(new OutgoingMessage(event, Map.of()))));
        return queue.isPresent();
    }

    private boolean invoke(String function, String event) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                functions.invoke(function, event.getBytes(StandardCharsets.UTF_8));
                return true;
            } catch (FunctionException e) {
                // Told in the function's log; tried again, at once instead of after a minute and two.
                if (Thread.currentThread().isInterrupted()) return false;
            }
        }
        return false;
    }

    private String event(Firing firing) {
        var event = JSON.createObjectNode()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.events")
                .put("account", place.accountId())
                .put("time", firing.time().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", place.region());
        event.putArray("resources").add(firing.rule().arn());
        event.putObject("detail");
        return event.toString();
    }
}

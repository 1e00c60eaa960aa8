package dev.certtide.simulation;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.incident.IncidentAnswered;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Those who watch: they come and go, and say something to incidents now and then. */
final class People {
    private static final Duration BETWEEN = Duration.ofDays(8);

    private final World world;
    private final Deployment deployment;
    private final UnaryOperator<Policy> written;
    private final BiConsumer<Client, Target> resumed;
    private final BiConsumer<Client, Target> left;
    private long events;

    /**
     * @param written what is stored of a policy: the same, unless somebody tampers with it
     * @param resumed is told of a watch that begins, or does so again
     * @param left is told of a watch that ends, or is paused
     */
    People(
            World world,
            Deployment deployment,
            UnaryOperator<Policy> written,
            BiConsumer<Client, Target> resumed,
            BiConsumer<Client, Target> left) {
        this.world = world;
        this.deployment = deployment;
        this.written = written;
        this.resumed = resumed;
        this.left = left;
    }

    /**
     * Signs up: the policy, and all watches.
     *
     * @param acts whether they do anything more
     */
    void begin(Client client, boolean acts) {
        deployment.kit().policies().put(client.owner(), written.apply(client.policy()));
        world.story().tell(client.owner().id(), "wants " + Json.write(client.policy()));
        client.watches().keySet().forEach(target -> add(client, target));
        if (acts) {
            plan(client);
        }
    }

    private void add(Client client, Target target) {
        var asked = client.watches().get(target);
        asked.change(true, now());
        var channels = asked.channels().stream()
                .map(channel -> Json.write(dev.certtide.model.Channel.class, channel))
                .collect(Collectors.joining(",", "[", "]"));
        var policy = asked.own().equals(Policy.NONE) ? "" : ",\"policy\":" + Json.write(written.apply(asked.own()));
        tell(client, target, EventType.URL_ADDED, ",\"channels\":" + channels + policy);
        resumed.accept(client, target);
    }

    private void tell(Client client, Target target, EventType type, String more) {
        world.story().tell(client.owner() + " " + target.id(), type.name() + more);
        deployment.send(
                "url-registry",
                """
                {"specversion":"1.0","id":"e-%d","source":"https://app.example.org","type":"%s","time":"%s",\
                "data":{"url":"%s","owner":"%s"%s}}"""
                        .formatted(++events, type.typeName(), now(), target.id(), client.owner(), more));
    }

    private void plan(Client client) {
        long minutes = 1 + (long) (-Math.log(1 - world.random().nextDouble()) * BETWEEN.toMinutes());
        world.agenda().in(Duration.ofMinutes(minutes), () -> {
            if (!world.isCalm()) {
                act(client);
                plan(client);
            }
        });
    }

    private void act(Client client) {
        var open = deployment.kit().incidents().open(client.owner());
        if (!open.isEmpty() && !world.chance(4)) {
            answer(client, open.get(world.random().nextInt(open.size())));
            return;
        }
        var targets = List.copyOf(client.watches().keySet());
        var target = targets.get(world.random().nextInt(targets.size()));
        var asked = client.watches().get(target);
        if (asked.isActive()) {
            boolean isPause = world.chance(2);
            asked.change(false, now());
            left.accept(client, target);
            tell(client, target, isPause ? EventType.URL_PAUSED : EventType.URL_REMOVED, "");
            var away = Duration.ofMinutes(10 + world.random().nextInt(5 * 24 * 60));
            world.agenda().in(away, () -> comeBack(client, target, isPause));
        }
    }

    /** Those who left come back, sooner or later. */
    private void comeBack(Client client, Target target, boolean wasPaused) {
        if (wasPaused) {
            client.watches().get(target).change(true, now());
            tell(client, target, EventType.URL_RESUMED, "");
            resumed.accept(client, target);
        } else {
            add(client, target);
        }
    }

    private void answer(Client client, Incident incident) {
        var kind = Answer.Kind.values()[world.random().nextInt(Answer.Kind.values().length)];
        var until = Optional.of(now().plus(Duration.ofMinutes(30 + world.random().nextInt(3 * 24 * 60))))
                .filter(_ -> kind == Answer.Kind.SNOOZED);
        var answer = new Answer(kind, now(), Optional.of("somebody"), until);
        var answered = new IncidentAnswered(client.owner(), incident.cause().id(), incident.id(), answer);
        client.watches().entrySet().stream()
                .filter(watch -> incident.cause().target().map(watch.getKey()::equals).orElse(true))
                .forEach(watch -> watch.getValue().answer(now(), until));
        world.story().tell(client.owner() + " " + incident.cause().id(), kind.word() + until.map(end -> " until " + end).orElse(""));
        deployment.send(
                "ssl-failures",
                CloudEvent.of(
                                EventType.INCIDENT_ANSWERED,
                                "answer-" + ++events,
                                "cli",
                                incident.id(),
                                now(),
                                Optional.empty(),
                                answered)
                        .write());
    }

    private Instant now() {
        return world.agenda().instant();
    }

    /** Whose watches these are. */
    static Owner owner(int number) {
        return new Owner("owner-" + number);
    }
}

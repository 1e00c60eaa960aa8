package dev.certtide.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.memory.EventSource;
import dev.certtide.kit.engine.memory.Faults;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import dev.certtide.model.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A world of one seed and the functions that watch it, event by event. */
final class Simulation {
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final Duration TIME = Duration.ofMinutes(5);
    /** Longer than what lasts longest after the world has calmed down: a weekly digest, a snooze, the longest delays. */
    private static final Duration REST = Duration.ofDays(16);

    private static final int BETWEEN_INTERRUPTIONS = 10;
    private static final Duration BETWEEN_AUDITS = Duration.ofHours(31);

    private final Scale scale;
    private final UnaryOperator<Policy> tampering;
    private final Agenda agenda = new Agenda(START);
    private final Story story = new Story(agenda);
    private final Random random;
    private final World world;
    private final Trial trial;
    private final Deployment deployment;
    private final Hearing hearing;
    private final Orderly orderly;
    private final Truth truth;
    private final Checker checker;
    private final Minutes minutes;
    private final Post post;
    private final Providers providers;
    private final Map<String, Feed> feeds = new LinkedHashMap<>();

    /** A queue, and who is fed from it. */
    private record Feed(String url, EventSource source, Function<SQSEvent, SQSBatchResponse> function, Faults faults) {}

    private final List<Feed> others = new ArrayList<>();
    private boolean isInterrupted;
    private long interruptions;

    Simulation(long seed, Scale scale) {
        this(seed, scale, bodies -> bodies, bodies -> bodies, policy -> policy);
    }

    /**
     * One in which a rule is broken.
     *
     * @param meddling what somebody does to notifications on their way
     * @param diverting what somebody does to those that the notifier hands to itself
     * @param tampering what somebody does to policies before they are stored
     */
    Simulation(long seed, Scale scale, Wire.Tap meddling, Wire.Tap diverting, UnaryOperator<Policy> tampering) {
        this.tampering = tampering;
        this.scale = scale;
        random = new Random(seed);
        world = new World(agenda, story, random);
        trial = new Trial(seed, story);
        deployment = new Deployment(seed, scale.trouble(), agenda, bodies -> heard(meddling.pass(bodies)));
        var storms = new Storms(world, trial);
        orderly = new Orderly(world, trial, storms);
        var reading = new Reading(world, deployment.kit().incidents());
        post = new Post(world, trial, deployment::notifierFaults);
        providers = new Providers(world, seed, !scale.trouble().equals(Deployment.Trouble.NONE), post);
        hearing = new Hearing(
                world,
                trial,
                reading,
                List.of(new Instants(trial), storms, orderly, new Quiet(world, trial)),
                post::decided);
        truth = new Truth(world, trial, deployment);
        checker = new Checker(world, deployment);
        minutes = new Minutes(agenda, deployment);
        deployment.parts().forEach(this::feed);
        feed("recheck", checker::asked, Faults.none());
        feed("notifications", deployment.notifier(providers, bodies -> {
            var diverted = diverting.pass(bodies);
            post.passOn(diverted);
            return diverted;
        }));
    }

    private void feed(String queue, List<Deployment.Part> processes) {
        processes.forEach(process -> feed(
                queue,
                event -> process.function().get().handleRequest(event, new Invocation(queue, TIME)),
                process.faults()));
    }

    private void feed(String queue, Function<SQSEvent, SQSBatchResponse> function, Faults faults) {
        var url = deployment.url(queue);
        var feed = new Feed(url, new EventSource(deployment.sqs(), url, 1), function, faults);
        if (feeds.putIfAbsent(queue, feed) == null) {
            faults.meanwhile(this::interrupt);
        } else {
            others.add(feed);
        }
    }

    private List<String> heard(List<String> bodies) {
        hearing.send(bodies);
        return bodies;
    }

    /**
     * Lets it all happen.
     *
     * @throws Violation when something happens that must not
     */
    Report run() {
        minutes.begin();
        populate();
        runUntil(START.plus(scale.days()));
        calmDown();
        runUntil(agenda.instant().plus(REST));
        end();
        var troubles = deployment.troubles();
        troubles.putAll(providers.refused());
        troubles.put("interruption", interruptions);
        return new Report(1, story.steps(), checker.checks(), troubles, trial.held(), hearing.counts());
    }

    private void populate() {
        var certificates = world.certificates();
        var before = START.minus(Duration.ofDays(300));
        world.intermediates().add(certificates.intermediate("A1", "Root A", before, Duration.ofDays(2_000)));
        world.intermediates().add(certificates.intermediate("A2", "Root A", before, Duration.ofDays(350)));
        world.intermediates().add(certificates.intermediate("B1", "Root B", before, Duration.ofDays(3_000)));
        var warned = new Warned(world, trial, hearing, providers);
        var ended = new Ended(world, trial, hearing, providers);
        var lives = new Lives(world, host -> {
            warned.end(host);
            ended.end(host);
        });
        IntStream.range(0, scale.hosts()).forEach(i -> lives.begin(Target.parse("host-" + i + ".example")));
        var returning = new Returning(world, trial, truth, hearing);
        var people = new People(
                world,
                deployment,
                tampering,
                (client, target) -> {
                    returning.back(client, target);
                    agenda.in(
                            Duration.ofSeconds(30),
                            () -> checker.begin(world.hosts().get(target)));
                },
                (client, target) -> {
                    hearing.doubt(client.owner(), target);
                    returning.left(client, target);
                });
        IntStream.range(0, scale.owners()).mapToObj(this::client).forEach(client -> {
            world.clients().put(client.owner(), client);
            people.begin(client, scale.people());
        });
        if (scale.hosts() > 1) {
            new Calamities(world, lives).plan(scale.days());
        }
        audit();
    }

    private Client client(int number) {
        var wishes = new Wishes(random, START);
        var owner = People.owner(number);
        var client = new Client(owner, wishes.policy(owner, scale.wishes()));
        var targets = new ArrayList<>(world.hosts().keySet());
        Collections.shuffle(targets, random);
        targets.stream()
                .limit(scale.people() ? 1 + random.nextInt(scale.watches()) : scale.watches())
                .forEach(target -> client.watches()
                        .put(
                                target,
                                new Client.Asked(
                                        wishes.channels(owner), wishes.policy(owner, scale.wishes() * 4), START)));
        return client;
    }

    private void audit() {
        agenda.in(BETWEEN_AUDITS, () -> {
            truth.audit();
            audit();
        });
    }

    private void calmDown() {
        new Lives(world, _ -> {}).calmDown();
    }

    private void runUntil(Instant end) {
        while (true) {
            var next = next();
            if (next.at().isAfter(end)) {
                agenda.turnTo(end);
                return;
            }
            story.step();
            agenda.turnTo(next.at());
            next.deed().run();
            trial.verdict();
        }
    }

    private record Next(Instant at, Runnable deed) {}

    /** What happens next; of queues that have something at the same time any. */
    private Next next() {
        var all = new ArrayList<Next>();
        agenda.next().map(at -> new Next(at, agenda::act)).ifPresent(all::add);
        minutes.next().map(at -> new Next(at.plusSeconds(5), this::minute)).ifPresent(all::add);
        feeds.values().forEach(feed -> deployment
                .queues()
                .nextVisible(feed.url())
                .ifPresent(at -> all.add(new Next(at, () -> poll(feed)))));
        var now = agenda.instant();
        var ready = all.stream().filter(next -> !next.at().isAfter(now)).toList();
        return ready.isEmpty()
                ? all.stream().min(Comparator.comparing(Next::at)).orElseThrow()
                : ready.get(random.nextInt(ready.size()));
    }

    private void minute() {
        minutes.run();
        agenda.turnTo(agenda.instant().plusMillis(1 + random.nextInt(400)));
    }

    private void poll(Feed feed) {
        feed.faults().revive();
        feed.source().poll(feed.function(), feed.faults());
        minutes.lookAgain();
        if (feed.faults().hasCrashed()) {
            story.tell(
                    "world",
                    "a process crashes that was fed from "
                            + feed.url().substring(feed.url().lastIndexOf('/') + 1));
        }
        agenda.turnTo(agenda.instant().plusMillis(1 + random.nextInt(400)));
    }

    /** Another process does all of its work between two calls of one, now and then. */
    private void interrupt() {
        if (isInterrupted || scale.trouble().equals(Deployment.Trouble.NONE) || !world.chance(BETWEEN_INTERRUPTIONS)) {
            return;
        }
        var ready = others.stream()
                .filter(feed -> deployment
                        .queues()
                        .nextVisible(feed.url())
                        .filter(at -> !at.isAfter(agenda.instant()))
                        .isPresent())
                .toList();
        if (ready.isEmpty()) {
            return;
        }
        isInterrupted = true;
        interruptions++;
        poll(ready.get(random.nextInt(ready.size())));
        isInterrupted = false;
    }

    /** All has been well for long: nothing is left. */
    private void end() {
        truth.audit();
        truth.end();
        orderly.end(hearing);
        deployment.undelivered().stream()
                .map(body -> CloudEvent.read(Notification.class, body).data())
                .forEach(post::undelivered);
        post.end(providers);
        trial.hold("nothing is lost", minutes.lost().isEmpty(), "Timers never went off: " + minutes.lost(), "world");
        var deadLetters = deployment.queues().nextVisible(deployment.url("dead-letters"));
        trial.hold("nothing is lost", deadLetters.isEmpty(), "There are dead letters", "world");
        feeds.forEach((queue, feed) -> trial.hold(
                "nothing is lost",
                deployment
                        .queues()
                        .nextVisible(feed.url())
                        .filter(at -> at.isBefore(agenda.instant()))
                        .isEmpty(),
                "Messages are left in " + queue,
                "world"));
        trial.verdict();
    }
}

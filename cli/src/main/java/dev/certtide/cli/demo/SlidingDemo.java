package dev.certtide.cli.demo;

import dev.certtide.farm.FarmFiles;
import dev.certtide.farm.TlsFarm;
import dev.certtide.farm.TlsServer;
import dev.certtide.local.LocalCloud;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.incident.IncidentAnswered;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One certificate slides to its end, is acknowledged and renewed, while time flies. */
public final class SlidingDemo implements AutoCloseable {
    /** The site that it is about. */
    public static final String HOST = "shop.certtide.test";

    private static final Duration NEW_LEFT = Duration.ofDays(89);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Speed speed;
    // A rule on a rate counts from when it began: by a clock of whole minutes, it fires at each one's first instant.
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    private final LeapingClock clock = new LeapingClock(start);
    private final AtomicReference<Slide> slide = new AtomicReference<>(Slide.BEGINNING);
    private final TlsFarm farm;
    private final TlsServer server;
    private final FarmFiles files;
    private final Mailbox mailbox;
    private final WebhookReceiver webhook;
    private volatile Consumer<String> lines = line -> {};
    private Optional<Thread> running = Optional.empty();

    private SlidingDemo(Speed speed) throws IOException {
        this.speed = speed;
        farm = TlsFarm.start(clock);
        server = farm.serve(HOST, farm.issue(HOST, Slide.LEFT));
        files = FarmFiles.write(farm, Optional.empty());
        mailbox = Mailbox.open(mail -> print("mail     " + mail));
        webhook = WebhookReceiver.open(this::called);
    }

    /** Starts server, mailbox and webhook. */
    public static SlidingDemo prepare(Speed speed) throws IOException {
        return new SlidingDemo(speed);
    }

    /** The clock that the cloud is to go by. */
    public LeapingClock clock() {
        return clock;
    }

    /** The variables with which the functions find the server and may visit it. */
    public Map<String, String> environment() {
        return Demo.environment(files);
    }

    /**
     * Publishes the site and lets time fly until the story is over; from then on it passes as usual.
     *
     * @param print takes each line
     * @param ahead is told how far the clock is ahead of real time, whenever it leaps
     * @param over what to do when the story is over
     */
    public void begin(LocalCloud cloud, Consumer<String> print, Consumer<Duration> ahead, Runnable over) {
        lines = print;
        running = Optional.of(Thread.ofVirtual().start(() -> run(cloud, ahead, over)));
    }

    private void run(LocalCloud cloud, Consumer<Duration> ahead, Runnable over) {
        var backend = new DemoBackend(cloud.endpoint());
        backend.configure(mailbox.port(), webhook.key());
        var target = Target.parse("https://" + HOST + ":" + server.port());
        print("publish  " + target + ", whose certificate ends in " + Slide.LEFT.toDays() + " days");
        backend.publish(target.id(), webhook.url(), Map.of("remindEvery", "4d"));
        try (var queues = backend.queues()) {
            queues.awaitIdle();
            while (!slide.get().isOver() && !Thread.currentThread().isInterrupted()) {
                var began = System.nanoTime();
                var before = clock.instant();
                leap(cloud, backend);
                ahead.accept(Duration.between(Instant.now(), clock.instant()));
                queues.awaitIdle();
                act(backend, queues, target);
                var pause = speed.pause(Duration.between(before, clock.instant()));
                LockSupport.parkNanos(pause.toNanos() - (System.nanoTime() - began));
            }
            if (slide.get().isOver()) {
                over.run();
            }
            var lead = Duration.between(Instant.now(), clock.instant());
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(SECOND.toNanos());
                clock.leapTo(Instant.now().plus(lead));
                cloud.runLatestDueRules();
            }
        }
    }

    /** To the next minute in which something is due, which is served, unless that is too far. */
    private void leap(LocalCloud cloud, DemoBackend backend) {
        var latest = clock.instant().plus(speed.leap());
        var due = DueMinutes.next(backend.dues(), clock.instant(), latest);
        clock.leapTo(due.orElse(latest));
        if (due.isPresent()) {
            backend.forgetMissedMinutes();
            cloud.runLatestDueRules();
        }
    }

    private void act(DemoBackend backend, StackQueues queues, Target target) {
        var deed = slide.get().deed(start, clock.instant());
        switch (deed) {
            case NOTHING -> {}
            case ACKNOWLEDGE -> acknowledge(backend, queues, target);
            case RENEW -> {
                var age = Duration.between(start, clock.instant());
                server.present(farm.issue(HOST, age.plus(NEW_LEFT)));
                print("renew    the site serves a new certificate, for " + NEW_LEFT.toDays() + " days");
            }
        }
        change(before -> before.after(deed));
    }

    private void acknowledge(DemoBackend backend, StackQueues queues, Target target) {
        var answer = new Answer(Answer.Kind.ACKNOWLEDGED, clock.instant(), Optional.of("jane"), Optional.empty());
        backend.incident(target).ifPresent(incident -> {
            var answered =
                    new IncidentAnswered(incident.owner(), incident.cause().id(), incident.id(), answer);
            print("ack      jane acknowledges " + incident.id());
            queues.send(
                    "ssl-failures",
                    CloudEvent.of(
                                    EventType.INCIDENT_ANSWERED,
                                    incident.id() + "/" + answer.at(),
                                    "demo",
                                    incident.id(),
                                    answer.at(),
                                    Optional.empty(),
                                    answered)
                            .write());
        });
    }

    private void called(String call) {
        print("webhook  " + call);
        var words = call.split(" ");
        change(before -> before.told(words[0], words[1], clock.instant()));
    }

    private void change(UnaryOperator<Slide> next) {
        slide.updateAndGet(next);
    }

    private void print(String line) {
        lines.accept(clock.instant().toString().substring(0, 10) + "  " + line);
    }

    /** Lets time stand still. */
    public void halt() throws InterruptedException {
        if (running.isPresent()) {
            running.get().interrupt();
            running.get().join(SECOND);
        }
    }

    @Override
    public void close() throws IOException {
        webhook.close();
        mailbox.close();
        farm.close();
        files.close();
    }
}

package dev.certtide.cli;

import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.IncidentAnswered;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Says something to an incident, and waits until it took effect. */
final class Answering {
    /** A function that has to start, and a message that comes back once. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Consumer<String> queue;
    private final Supplier<Optional<Incident>> look;
    private final Consumer<Duration> pause;

    /**
     * @param queue takes the event
     * @param look reads the incident as it is then
     * @param pause waits so long
     */
    Answering(Consumer<String> queue, Supplier<Optional<Incident>> look, Consumer<Duration> pause) {
        this.queue = queue;
        this.look = look;
        this.pause = pause;
    }

    /**
     * Says it.
     *
     * @return the incident after that
     * @throws UnreachableCloudException when nothing came of it in time
     */
    Incident say(Incident incident, Incident.Answer answer) {
        queue.accept(message(incident, answer));
        for (var waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(PAUSE)) {
            var now = look.get().filter(found -> tookEffect(found, incident, answer));
            if (now.isPresent()) {
                return now.get();
            }
            pause.accept(PAUSE);
        }
        throw new UnreachableCloudException(
                "it was sent, but nothing came of it within " + PATIENCE.toSeconds()
                        + " seconds; `certtide incidents show " + incident.id() + "` tells whether it did later",
                null);
    }

    /**
     * When it was said: now, but after the trouble began and after what was said before, by clocks that may be ahead of
     * this one.
     */
    static Instant at(Incident incident, Instant now) {
        return Stream.of(
                        Optional.of(now),
                        Optional.of(incident.since()),
                        incident.answer().map(said -> said.at().plusMillis(1)))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** Also when it made no difference any more: the incident is over, or another one. */
    private static boolean tookEffect(Incident found, Incident incident, Incident.Answer answer) {
        return !found.id().equals(incident.id())
                || !found.isOpen()
                || found.answer()
                        .filter(said -> !said.at().isBefore(answer.at()))
                        .isPresent();
    }

    private static String message(Incident incident, Incident.Answer answer) {
        return CloudEvent.of(
                        EventType.INCIDENT_ANSWERED,
                        UUID.randomUUID().toString(),
                        "cli",
                        incident.id(),
                        answer.at(),
                        Optional.empty(),
                        new IncidentAnswered(incident.owner(), incident.cause().id(), incident.id(), answer))
                .write();
    }
}

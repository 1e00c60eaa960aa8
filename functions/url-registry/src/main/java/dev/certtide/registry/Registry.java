package dev.certtide.registry;

import dev.certtide.kit.Config;
import dev.certtide.kit.Queue;
import dev.certtide.kit.Results;
import dev.certtide.model.Incident;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.UrlEvent;
import dev.certtide.model.event.WatchAdded;
import dev.certtide.model.history.LeafHistory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Who watches what. Applying an event again changes nothing. */
final class Registry {
    private final Config config;
    private final Results results;
    private final Queue failures;
    private final InstantSource clock;

    Registry(Config config, Results results, Queue failures, InstantSource clock) {
        this.config = config;
        this.results = results;
        this.failures = failures;
        this.clock = clock;
    }

    void apply(UrlEvent event) {
        switch (event) {
            case UrlEvent.Added added -> add(added);
            case UrlEvent.Removed removed -> {
                config.remove(removed.target(), removed.owner());
                settleSchedule(removed.target());
            }
            case UrlEvent.Paused paused -> change(paused, watch -> watch.withPaused(true));
            case UrlEvent.Resumed resumed -> change(resumed, watch -> watch.withPaused(false));
            case UrlEvent.CheckRequested _ -> {} // The checker's business.
        }
    }

    private void add(UrlEvent.Added added) {
        var before = config.watch(added.target(), added.owner());
        config.put(merge(added, before));
        schedule(added.target());
        tellOfOpenIncident(added);
    }

    private Watch merge(UrlEvent.Added added, Optional<Watch> before) {
        return new Watch(
                added.target(),
                added.owner(),
                false,
                added.externalId().or(() -> before.flatMap(Watch::externalId)),
                added.tags(),
                added.channels().isEmpty() ? before.map(Watch::channels).orElse(List.of()) : added.channels(),
                before.map(Watch::addedAt).orElseGet(clock::instant));
    }

    /**
     * The failures read the watches after they write an incident; here an incident is read after the watch was written.
     * So one of the two sees the other, in whichever order the first check and this function run.
     */
    private void tellOfOpenIncident(UrlEvent.Added added) {
        if (results.incident(added.target()).filter(Incident::isOpen).isPresent()) {
            failures.send(List.of(CloudEvent.of(
                            EventType.WATCH_ADDED,
                            added.origin().id() + "/" + added.owner(),
                            "url-registry",
                            added.target().id(),
                            clock.instant(),
                            added.origin().traceparent(),
                            new WatchAdded(added.target(), added.owner()))
                    .write()));
        }
    }

    private void change(UrlEvent event, UnaryOperator<Watch> change) {
        config.watch(event.target(), event.owner()).map(change).ifPresent(config::put);
        settleSchedule(event.target());
    }

    /** A target is on the schedule if and only if somebody wants to hear of it. */
    private void settleSchedule(Target target) {
        if (isWanted(target)) {
            schedule(target);
            return;
        }
        config.unschedule(target);
        // Somebody may have added a watch, and found the target scheduled, just before it was taken off.
        if (isWanted(target)) {
            schedule(target);
        }
    }

    /**
     * Taking a target off the schedule takes the mark of its incident with it. Without the mark no good result would
     * reach the incident: it would stay open, and the next trouble would pass for the one that was told already. What
     * was known of it goes as well, and comes back from its latest result and the leaves that it has served: where there
     * is no result, there are no leaves.
     */
    private void schedule(Target target) {
        var latest = results.latest(target);
        config.schedule(target, latest, latest.map(_ -> results.leaves(target)).orElse(LeafHistory.NONE));
        results.incident(target)
                .filter(Incident::isOpen)
                .ifPresent(incident -> config.markIncident(target, incident.id()));
    }

    private boolean isWanted(Target target) {
        return config.watches(target).stream().anyMatch(watch -> !watch.paused());
    }
}

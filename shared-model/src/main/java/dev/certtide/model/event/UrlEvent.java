package dev.certtide.model.event;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a backend tells about a user's URL on the topic {@code new_url}. */
public sealed interface UrlEvent {
    /** Where the event comes from. */
    Origin origin();

    /** What it is about. */
    Target target();

    /** Whose watch it is about. */
    Owner owner();

    /** The same event, at that time. */
    default UrlEvent at(Instant time) {
        var then = origin().at(time);
        return switch (this) {
            case Added added ->
                new Added(
                        then,
                        added.target(),
                        added.owner(),
                        added.externalId(),
                        added.tags(),
                        added.channels(),
                        added.policy(),
                        added.privateRoots(),
                        added.customer());
            case Removed removed -> new Removed(then, removed.target(), removed.owner());
            case Paused paused -> new Paused(then, paused.target(), paused.owner());
            case Resumed resumed -> new Resumed(then, resumed.target(), resumed.owner());
            case CheckRequested asked -> new CheckRequested(then, asked.target(), asked.owner());
        };
    }

    /** The private roots that come with these events, by their names; the caller may add to them. */
    static Map<String, PrivateRoots> privateRoots(List<UrlEvent> events) {
        return events.stream()
                .flatMap(event -> event instanceof Added added ? added.privateRoots().stream() : Stream.empty())
                .collect(Collectors.toMap(PrivateRoots::name, Function.identity(), (roots, _) -> roots, HashMap::new));
    }

    /**
     * Where an event comes from.
     *
     * @param id the event's id; made from the content when the sender gave none
     * @param source the event's source
     * @param time when it happened, if the sender says so
     * @param traceparent the sender's trace, if any
     */
    record Origin(String id, String source, Optional<Instant> time, Optional<String> traceparent) {
        Origin at(Instant when) {
            return new Origin(id, source, Optional.of(when), traceparent);
        }
    }

    /**
     * Watch this URL for this owner. Adding what is there already updates it.
     *
     * @param externalId the sender's own key of the URL
     * @param tags free words to filter by, at most 50
     * @param channels how to reach the owner, at most 10; empty keeps what is known
     * @param policy what to tell, when, and where; absent keeps what is known, an empty one clears it
     * @param privateRoots those that the target names, unless the sender named them only, too
     * @param customer for the marketing database
     */
    record Added(
            Origin origin,
            Target target,
            Owner owner,
            Optional<String> externalId,
            List<String> tags,
            List<Channel> channels,
            Optional<Policy> policy,
            Optional<PrivateRoots> privateRoots,
            Customer customer)
            implements UrlEvent {
        public Added {
            tags = List.copyOf(tags);
            channels = List.copyOf(channels);
        }
    }

    /** Stop watching this URL for this owner. */
    record Removed(Origin origin, Target target, Owner owner) implements UrlEvent {}

    /** Stop until resumed. */
    record Paused(Origin origin, Target target, Owner owner) implements UrlEvent {}

    /** Go on after a pause. */
    record Resumed(Origin origin, Target target, Owner owner) implements UrlEvent {}

    /** Check now, out of turn. */
    record CheckRequested(Origin origin, Target target, Owner owner) implements UrlEvent {}
}

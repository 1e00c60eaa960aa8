package dev.certtide.model;

import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an owner has asked for one target, as of the newest request of each kind. Requests come late, twice and in any
 * order: the same requests come to the same watch all the same, because each kind keeps its newest only, and what is
 * newest does not depend on the order in which one looks (a last-writer-wins register for each).
 *
 * <p>Of two requests of the same instant a removal wins over an addition, and a pause over going on: who sends whole
 * seconds and both within one is told nothing rather than too much.
 *
 * @param removedAt the newest removal; what was asked before it counts no more
 * @param addedAt the newest addition
 * @param since the first addition after the removal, as far as it is known: when two additions came before a removal that
 *     is older than both, the newer of them
 * @param pausedAt the newest pause
 * @param resumedAt the newest end of a pause
 * @param tags as the newest addition has them
 * @param externalIdAt the newest addition that had the sender's own key
 * @param externalId that key
 * @param channelsAt the newest addition that named channels
 * @param channels those channels
 * @param policyAt the newest addition that had a policy, be it an empty one
 * @param policy that policy
 */
@io.avaje.jsonb.Json
public record WatchChanges(
        Optional<Instant> removedAt,
        Optional<Instant> addedAt,
        Optional<Instant> since,
        Optional<Instant> pausedAt,
        Optional<Instant> resumedAt,
        List<String> tags,
        Optional<Instant> externalIdAt,
        Optional<String> externalId,
        Optional<Instant> channelsAt,
        List<Channel> channels,
        Optional<Instant> policyAt,
        Policy policy) {
    /** Nothing was ever asked. */
    public static final WatchChanges NONE = new WatchChanges(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Policy.NONE);

    public WatchChanges {
        tags = List.copyOf(Required.field("tags", tags));
        channels = List.copyOf(Required.field("channels", channels));
        policy = policy == null ? Policy.NONE : policy; // What was asked before there were policies does not have it.
    }

    /** What comes to that watch, asked all at once. */
    public static WatchChanges of(Watch watch) {
        var policy = Optional.of(watch.policy()).filter(some -> !some.equals(Policy.NONE));
        var asked = NONE.added(watch.addedAt(), watch.externalId(), watch.tags(), watch.channels(), policy);
        return watch.paused() ? asked.paused(watch.addedAt()) : asked;
    }

    /** Asked at {@code at} to stop. */
    public WatchChanges removed(Instant at) {
        return settled(later(removedAt, at), addedAt, since, pausedAt, resumedAt);
    }

    /** Asked at {@code at} to pause. */
    public WatchChanges paused(Instant at) {
        return settled(removedAt, addedAt, since, later(pausedAt, at), resumedAt);
    }

    /** Asked at {@code at} to go on after a pause. */
    public WatchChanges resumed(Instant at) {
        return settled(removedAt, addedAt, since, pausedAt, later(resumedAt, at));
    }

    /**
     * Asked at {@code at} to watch, with these settings.
     *
     * @param key the sender's own key; with none, the one that is known stays
     * @param words the tags
     * @param ways the channels; with none, those that are known stay
     * @param wishes the policy; absent, the one that is known stays
     */
    public WatchChanges added(
            Instant at, Optional<String> key, List<String> words, List<Channel> ways, Optional<Policy> wishes) {
        boolean newTags = wins(at, words, addedAt, tags);
        boolean newKey = key.isPresent()
                && wins(
                        at,
                        List.of(key.get()),
                        externalIdAt,
                        externalId.stream().toList());
        boolean newWays = !ways.isEmpty() && wins(at, ways, channelsAt, channels);
        boolean newWishes = wishes.isPresent() && wins(at, written(wishes), policyAt, written(Optional.of(policy)));
        var first = since.filter(instant -> instant.isBefore(at)).orElse(at);
        return new WatchChanges(
                        removedAt,
                        later(addedAt, at),
                        isAfter(Optional.of(at), removedAt) ? Optional.of(first) : since,
                        pausedAt,
                        resumedAt,
                        newTags ? words : tags,
                        newKey ? Optional.of(at) : externalIdAt,
                        newKey ? key : externalId,
                        newWays ? Optional.of(at) : channelsAt,
                        newWays ? ways : channels,
                        newWishes ? Optional.of(at) : policyAt,
                        newWishes ? wishes.get() : policy)
                .settled();
    }

    /** The watch that all of it comes to, if any. */
    public Optional<Watch> watch(Target target, Owner owner) {
        return isWanted()
                ? Optional.of(new Watch(
                        target,
                        owner,
                        isPaused(),
                        externalId,
                        tags,
                        channels,
                        policy,
                        since.orElse(addedAt.orElseThrow())))
                : Optional.empty();
    }

    /** When the newest request was made, if there was any. */
    public Optional<Instant> changedAt() {
        return Stream.of(removedAt, addedAt, pausedAt, resumedAt)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** Whether there is a watch, paused or not. */
    public boolean isWanted() {
        return isAfter(addedAt, removedAt);
    }

    private boolean isPaused() {
        return pausedAt.isPresent() && !isAfter(addedAt, pausedAt) && !isAfter(resumedAt, pausedAt);
    }

    private WatchChanges settled() {
        return settled(removedAt, addedAt, since, pausedAt, resumedAt);
    }

    /** What is older than the removal is forgotten, lest the next addition finds it again. */
    private WatchChanges settled(
            Optional<Instant> removed,
            Optional<Instant> added,
            Optional<Instant> first,
            Optional<Instant> paused,
            Optional<Instant> resumed) {
        var lastAdded = kept(added, removed);
        var keyAt = kept(externalIdAt, removed);
        var waysAt = kept(channelsAt, removed);
        var wishesAt = kept(policyAt, removed);
        return new WatchChanges(
                removed,
                lastAdded,
                lastAdded.flatMap(last -> kept(first, removed).or(() -> Optional.of(last))),
                kept(paused, removed),
                kept(resumed, removed),
                lastAdded.isPresent() ? tags : List.of(),
                keyAt,
                keyAt.isPresent() ? externalId : Optional.empty(),
                waysAt,
                waysAt.isPresent() ? channels : List.of(),
                wishesAt,
                wishesAt.isPresent() ? policy : Policy.NONE);
    }

    private static Optional<Instant> kept(Optional<Instant> at, Optional<Instant> removed) {
        return isAfter(at, removed) ? at : Optional.empty();
    }

    private static boolean isAfter(Optional<Instant> at, Optional<Instant> other) {
        return at.isPresent() && (other.isEmpty() || at.get().isAfter(other.get()));
    }

    private static Optional<Instant> later(Optional<Instant> known, Instant at) {
        return Optional.of(known.filter(at::isBefore).orElse(at));
    }

    private static List<String> written(Optional<Policy> policy) {
        return policy.map(Json::write).stream().toList();
    }

    /** Of the same instant, the value whose text is greater: which one does not matter, if it is always the same one. */
    private static boolean wins(Instant at, List<?> value, Optional<Instant> knownAt, List<?> known) {
        int order = knownAt.map(at::compareTo).orElse(1);
        return order > 0 || order == 0 && value.toString().compareTo(known.toString()) > 0;
    }
}

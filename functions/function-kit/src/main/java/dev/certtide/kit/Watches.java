package dev.certtide.kit;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.WatchChanges;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The watches in the table {@code Config}: what each owner asked for each target, and the watch that it comes to.
 *
 * <p>What comes to no watch is kept for a while, so that a request which is older and comes later is known to be late.
 */
public final class Watches {
    /**
     * How long late requests are recognized: SQS keeps a message for 14 days at most (Amazon SQS Developer Guide,
     * "Message quotas"), and it may lie that long in the queue and again as a dead letter.
     */
    public static final Duration LATEST = Duration.ofDays(30);

    private static final String WATCH = "WATCH#";
    private static final String WATCH_JSON = "watch";
    private static final String CHANGES = "changes";
    private static final String CHANGED_AT = "changedAt";
    private static final String OWNER = "owner";
    private static final String OWNER_INDEX = "owner";
    private static final int MOST_ATTEMPTS = 20;

    private final Table table;
    private final InstantSource clock;

    /** Watches in that table. */
    public Watches(Table config, InstantSource clock) {
        this.table = config;
        this.clock = clock;
    }

    static List<Watch> of(Table config, Target target) {
        return config.query(Config.pk(target), WATCH).stream()
                .flatMap(item -> item.find(WATCH_JSON).stream())
                .map(watch -> Json.read(Watch.class, watch))
                .toList();
    }

    static Optional<Watch> of(Table config, Target target, Owner owner) {
        return config.get(Config.pk(target), WATCH + owner.id())
                .flatMap(item -> item.find(WATCH_JSON))
                .map(watch -> Json.read(Watch.class, watch));
    }

    /**
     * What an owner asked for a target, as it was read.
     *
     * @param changes what was asked
     * @param item where it is kept, if there is anything
     */
    public record Kept(Target target, Owner owner, WatchChanges changes, Optional<Item> item) {}

    /** What an owner asked for a target so far. */
    public Kept read(Target target, Owner owner) {
        var item = table.get(Config.pk(target), WATCH + owner.id());
        return new Kept(target, owner, item.map(Watches::changes).orElse(WatchChanges.NONE), item);
    }

    /**
     * Adds requests to those that were read; writes nothing when they make no difference. Whoever writes at the same time
     * is not overwritten: the requests are added to what they wrote.
     *
     * @param requests may be called again
     * @return what it comes to
     */
    public Optional<Watch> change(Kept before, UnaryOperator<WatchChanges> requests) {
        var kept = before;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            var next = requests.apply(kept.changes());
            if (next.equals(kept.changes()) || write(kept, next)) {
                return next.watch(kept.target(), kept.owner());
            }
            kept = read(kept.target(), kept.owner());
        }
        throw new IllegalStateException(
                "The watch of " + kept.owner() + " on " + kept.target() + " is changed by others all the time");
    }

    /** How many watches an owner has, paused ones too; those of the last second may be missing. */
    public long count(Owner owner) {
        return table.countIndex(OWNER_INDEX, OWNER, owner.id());
    }

    private boolean write(Kept before, WatchChanges changes) {
        var watch = changes.watch(before.target(), before.owner());
        var item = Item.of(Config.pk(before.target()), WATCH + before.owner().id())
                .with(WATCH_JSON, watch.map(Json::write))
                .with(CHANGES, Json.write(changes))
                .with(CHANGED_AT, changes.changedAt().map(Instant::toString))
                .with(OWNER, watch.map(Watch::owner).filter(Watches::isListed).map(Owner::id));
        return table.put(
                watch.isPresent()
                        ? item
                        : item.with("expiresAt", clock.instant().plus(LATEST).getEpochSecond()),
                before.item().map(Watches::unchanged).orElse(Condition.absent()));
    }

    /** Who is nobody in particular may have millions of watches, too many for one partition of an index. */
    private static boolean isListed(Owner owner) {
        return !owner.equals(Owner.DEFAULT);
    }

    /** Watches from before requests were kept have nothing but themselves. */
    private static WatchChanges changes(Item item) {
        return item.find(CHANGES)
                .map(changes -> Json.read(WatchChanges.class, changes))
                .orElseGet(() -> WatchChanges.of(Json.read(Watch.class, item.get(WATCH_JSON))));
    }

    private static Condition unchanged(Item item) {
        var attribute = item.find(CHANGES).isPresent() ? CHANGES : WATCH_JSON;
        return Condition.equal(attribute, item.get(attribute));
    }
}

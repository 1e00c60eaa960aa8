package dev.certtide.kit;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which channels do not work, and why: items of {@code Results}, so that whoever shows settings can tell.
 *
 * <p>A channel of the whole deployment has a mark of its own besides that of each owner who found it broken, and theirs
 * count as long as it stands: as soon as anybody is told something over it, it works for all.
 */
public final class BrokenChannels {
    /** Nothing is sent there meanwhile. Short, since whoever mends a channel tells nobody, and it may be the only one. */
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofHours(6);

    private static final String DEPLOYMENT = "OWNER##deployment";
    private static final String BROKEN = "BROKEN#";
    private static final String AT = "at";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String SHARED = "shared";
    private static final String TOLD = "told";

    private final Table results;
    private final InstantSource clock;

    /** Marks in that table. */
    public BrokenChannels(Table results, InstantSource clock) {
        this.results = results;
        this.clock = clock;
    }

    /**
     * That a channel does not work.
     *
     * @param since when that was found first
     * @param isTold whether its owner knows
     */
    public record Mark(Instant since, boolean isTold) {}

    /**
     * A channel that does not work, for people.
     *
     * @param key of the channel, by {@link Channel#key}
     * @param channel in words, without its address if that may be a secret
     * @param reason without secrets
     * @param until when it is to be tried again
     */
    public record Broken(String key, String channel, String reason, Instant until) {}

    /** The channels of an owner that do not work, by {@link Channel#key}, each with when it is to be tried again. */
    public Map<String, Instant> of(Owner owner) {
        return marks(pk(owner))
                .filter(this::stands)
                .collect(Collectors.toMap(BrokenChannels::key, BrokenChannels::until));
    }

    /** The channels that do not work for an owner. */
    public List<Broken> standing(Owner owner) {
        return marks(pk(owner)).filter(this::stands).map(BrokenChannels::broken).toList();
    }

    /** The channels of the whole deployment that do not work. */
    public List<Broken> standingForAll() {
        return marks(DEPLOYMENT)
                .filter(this::isFresh)
                .map(BrokenChannels::broken)
                .toList();
    }

    private Stream<Item> marks(String pk) {
        return results.query(pk, BROKEN).stream();
    }

    private static Broken broken(Item mark) {
        return new Broken(key(mark), mark.get("channel"), mark.get("reason"), until(mark));
    }

    private static String key(Item mark) {
        return mark.sk().substring(BROKEN.length());
    }

    private static Instant until(Item mark) {
        return Instant.ofEpochSecond(mark.findNumber(EXPIRES_AT).orElseThrow() + 1);
    }

    /**
     * Marks a channel. One that is marked already stays so from its first failure on, and for another six hours.
     *
     * @param isShared whether it is a channel of the whole deployment
     * @param reason why, for people, without secrets
     */
    public Mark mark(Owner owner, Channel channel, boolean isShared, String reason) {
        while (true) {
            var now = clock.instant();
            var found = results.get(pk(owner), BROKEN + channel.key());
            var standing = found.filter(this::stands);
            var mark = Item.of(pk(owner), BROKEN + channel.key())
                    .with("owner", owner.id())
                    .with("channel", channel.displayName())
                    .with("reason", reason)
                    .with(AT, standing.map(item -> item.get(AT)).orElse(now.toString()))
                    .with(TOLD, standing.flatMap(item -> item.find(TOLD)))
                    .with(EXPIRES_AT, now.plus(UNTIL_TRIED_AGAIN).getEpochSecond());
            if (isShared) {
                results.put(Item.of(DEPLOYMENT, BROKEN + channel.key())
                        .with("channel", channel.displayName())
                        .with("reason", reason)
                        .with(AT, now.toString())
                        .with(EXPIRES_AT, now.plus(UNTIL_TRIED_AGAIN).getEpochSecond()));
            }
            var before = found.map(item -> Condition.equal(AT, item.get(AT))).orElse(Condition.absent());
            if (results.put(isShared ? mark.with(SHARED, "yes") : mark, before)) {
                return new Mark(mark.instant(AT), mark.find(TOLD).isPresent());
            }
        }
    }

    /** The owner knows of it. */
    public void told(Owner owner, Channel channel, Mark mark) {
        results.update(
                pk(owner),
                BROKEN + channel.key(),
                Map.of(TOLD, Optional.of("yes")),
                Condition.equal(AT, mark.since().toString()));
    }

    /** Something was told over it, or its settings were stored anew and what was wrong with them may be mended. */
    public void works(Owner owner, Channel channel) {
        results.delete(pk(owner), BROKEN + channel.key());
    }

    /** Whether a channel of the whole deployment is marked. */
    public boolean isMarkedForAll(Channel channel) {
        return results.get(DEPLOYMENT, BROKEN + channel.key()).isPresent();
    }

    /** The same of a channel of the whole deployment. */
    public void worksForAll(Channel channel) {
        results.delete(DEPLOYMENT, BROKEN + channel.key());
    }

    private boolean stands(Item mark) {
        return isFresh(mark)
                && (mark.find(SHARED).isEmpty()
                        || results.get(DEPLOYMENT, mark.sk())
                                .filter(this::isFresh)
                                .isPresent());
    }

    private boolean isFresh(Item mark) {
        return mark.findNumber(EXPIRES_AT).orElse(0L) >= clock.instant().getEpochSecond();
    }

    private static String pk(Owner owner) {
        return "OWNER#" + owner;
    }
}

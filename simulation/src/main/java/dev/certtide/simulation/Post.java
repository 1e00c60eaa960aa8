package dev.certtide.simulation;

import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What becomes of what was decided: it gets to its owner, by its channel or another, and what is broken is said once. */
final class Post {
    static final String ARRIVES = "what is decided gets to its owner";
    static final String ONCE = "a provider gets a message once, but for crashes";
    static final String NOT_TWICE = "no fallback tells what its channel is told itself";
    static final String BROKEN_ONCE = "a broken channel is told of once";

    /** Nothing is sent over a broken channel for so long. */
    private static final Duration BROKEN = Duration.ofHours(6);

    private final World world;
    private final Trial trial;
    private final LongSupplier faults;
    private final Map<String, Notification> decided = new LinkedHashMap<>();
    private final Map<String, Long> taken = new HashMap<>();
    private final Map<String, Instant> tookLast = new HashMap<>();
    private final Map<String, Instant> saidBroken = new HashMap<>();
    private final List<Notification> undelivered = new ArrayList<>();

    /** @param faults how often something went wrong with the notifier so far */
    Post(World world, Trial trial, LongSupplier faults) {
        this.world = world;
        this.trial = trial;
        this.faults = faults;
    }

    /** Something was decided, and is on its way. */
    void decided(Notification notification) {
        decided.putIfAbsent(notification.key(), notification);
    }

    /** The notifier hands something to itself. */
    void passOn(List<String> bodies) {
        bodies.stream()
                .map(body -> CloudEvent.read(Notification.class, body).data())
                .filter(notification -> notification.kind() != Kind.CHANNEL_BROKEN)
                .forEach(this::passOn);
    }

    private void passOn(Notification notification) {
        var twice = same(notification.key(), notification.channel())
                .filter(own -> own.at().equals(notification.at()))
                .toList();
        hold(NOT_TWICE, twice.isEmpty(), notification + "\nbut also " + twice, notification);
    }

    /** What was decided to tell over {@code channel} of the same step of the same incident. */
    private Stream<Notification> same(String key, Channel channel) {
        var parts = key.split("#");
        return parts.length < 4
                ? Stream.empty()
                : Stream.ofNullable(
                        decided.get(String.join("#", parts[0], parts[1], parts[2], Fingerprint.shortOf(channel.id()))));
    }

    /** A provider has taken it. */
    void taken(Notification notification) {
        var before = taken.putIfAbsent(notification.key(), faults.getAsLong());
        boolean isExcused = before == null || before < faults.getAsLong();
        hold(ONCE, isExcused, "Again: " + notification, notification);
        if (notification.kind() == Kind.CHANNEL_BROKEN && before == null) {
            saysBroken(notification);
        }
        tookLast.put(ear(notification, notification.channel()), now());
    }

    private void saysBroken(Notification notification) {
        var ear = ear(notification, notification.broken().orElseThrow());
        var before = saidBroken.put(ear, notification.since());
        boolean isNews = before == null
                || !before.plus(BROKEN).isAfter(notification.since())
                || tookLast.getOrDefault(ear, Instant.MIN).isAfter(before);
        hold(BROKEN_ONCE, isNews, "Said before, since " + before + ": " + notification, notification);
    }

    /** It is kept with the reason, since nobody can be told. */
    void undelivered(Notification notification) {
        undelivered.add(notification);
    }

    /** At the end, when all has been well for long. */
    void end(Providers providers) {
        for (var lost : undelivered) {
            var others = Stream.of(List.of(lost.channel()), lost.alsoTold(), lost.fallbacks())
                    .flatMap(List::stream)
                    .filter(channel -> !providers.hasRefused(
                            lost.owner(), channel, lost.at().minus(BROKEN.multipliedBy(4)), now()))
                    .toList();
            hold(ARRIVES, others.isEmpty(), "Given up though " + others + " works: " + lost, lost);
        }
        decided.values()
                .forEach(notification -> hold(
                        ARRIVES,
                        isKnown(notification),
                        "Never told, by nobody, and not kept: " + notification,
                        notification));
    }

    private boolean isKnown(Notification notification) {
        var key = notification.key();
        return hasArrived(key)
                || isKept(key)
                || isOver(key)
                || notification.kind() == Kind.ACKNOWLEDGED
                || notification.alsoTold().stream().anyMatch(other -> isToldBy(other, notification));
    }

    private boolean isKept(String key) {
        return undelivered.stream().anyMatch(lost -> lost.key().startsWith(key));
    }

    /**
     * By that channel itself, or in a summary that came after; or it is kept there, since all are broken. What people read
     * in a summary programs were told before.
     */
    private boolean isToldBy(Channel other, Notification notification) {
        boolean isBefore = notification.kind() == Kind.SUMMARY && Client.isProgram(other);
        var from = isBefore ? notification.since() : notification.at();
        return same(notification.key(), other).anyMatch(own -> hasArrived(own.key()) || isKept(own.key()))
                || tookLast.getOrDefault(ear(notification, other), Instant.MIN).isAfter(from);
    }

    /** Whether its end was told over the same channel while it waited for its next try: after that it would mislead. */
    private boolean isOver(String key) {
        var parts = key.split("#", 4);
        return parts.length == 4
                && taken.containsKey(String.join("#", parts[0], parts[1], Kind.RECOVERED.word(), parts[3]));
    }

    /** Itself or by a fallback. */
    private boolean hasArrived(String key) {
        return taken.containsKey(key) || taken.keySet().stream().anyMatch(known -> known.startsWith(key + "#"));
    }

    private void hold(String invariant, boolean holds, String what, Notification about) {
        trial.hold(
                invariant,
                holds,
                holds ? "" : what,
                about.target().id(),
                about.owner().id());
    }

    private static String ear(Notification notification, Channel channel) {
        return World.ear(notification.owner(), channel);
    }

    private Instant now() {
        return world.agenda().instant();
    }
}

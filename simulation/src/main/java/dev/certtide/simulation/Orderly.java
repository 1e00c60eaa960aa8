package dev.certtide.simulation;

import dev.certtide.model.Channel;
import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Nobody is told the same thing twice, and the end of trouble if and only if it was told. */
final class Orderly implements Hearing.Invariant {
    static final String ONCE = "nobody is told the same thing twice";
    static final String ENDS = "recovery is told if and only if trouble was";

    static final String PAGERS = "pagers that were told hear of an answer once";
    static final String ALERTS = "every alert of a pager is ended";

    /** The shortest snooze is 30 minutes, the shortest wish for reminders longer. */
    private static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(29);

    private final World world;
    private final Trial trial;
    private final Storms storms;
    private final Set<String> told = new HashSet<>();
    private final Map<String, List<String>> log = new HashMap<>();
    private final Map<String, Notification> alerts = new LinkedHashMap<>();

    Orderly(World world, Trial trial, Storms storms) {
        this.world = world;
        this.trial = trial;
        this.storms = storms;
    }

    @Override
    public void check(Told now, Ear ear) {
        log.computeIfAbsent(now.ear(), _ -> new ArrayList<>()).add(now.toString());
        if (now.kind() != Notification.Kind.REMINDER && now.kind() != Notification.Kind.ACKNOWLEDGED && !now.isEnd()) {
            hold(ONCE, told.add(identity(now, ear)), "Told again: " + now, now);
        }
        switch (now.kind()) {
            case OPENED, CHANGED -> trouble(now, ear);
            case RECOVERED -> end(now, ear);
            case REMINDER -> reminder(now, ear);
            case ESCALATED ->
                hold(ONCE, ear.isUnsure() || !ear.wasEscalated(now.level()), "Escalated again: " + now, now);
            case ACKNOWLEDGED -> acknowledged(now, ear);
            case SUMMARY, CHANNEL_BROKEN, TEST -> {}
        }
    }

    /** An alert is an incident's, and what is about many of them would never be ended. */
    @Override
    public void check(Notification told) {
        if (!(told.channel() instanceof Channel.PagerDuty)) {
            return;
        }
        var alert = World.ear(told.owner(), told.channel()) + " " + told.incident();
        switch (told.kind()) {
            case OPENED, CHANGED, REMINDER, ESCALATED, SUMMARY -> alerts.put(alert, told);
            case RECOVERED -> alerts.remove(alert);
            case ACKNOWLEDGED, CHANNEL_BROKEN, TEST -> {}
        }
    }

    /** Who was away is told the same again. */
    private static String identity(Told told, Ear ear) {
        var kind = told.kind() == Notification.Kind.ESCALATED ? "escalated " : "";
        return kind + told.level() + " " + told.cause().orElseThrow() + " " + told.since() + " " + told.ear() + " "
                + ear.doubts();
    }

    private void trouble(Told now, Ear ear) {
        if (ear.isUnsure()) {
            return;
        }
        boolean begins = now.kind() == Notification.Kind.OPENED;
        hold(ENDS, begins || ear.isTroubled(), "It changes though its beginning was not told: " + now, now);
        if (hasSummaries(now)) {
            return; // What a summary has yet to tell is known to be told already.
        }
        hold(ENDS, !begins || !ear.isTroubled(), "It begins again though its end was not told: " + now, now);
        boolean isNews = !ear.levels().containsKey(now.status()) || now.isExpired() && !ear.isExpired();
        hold(ONCE, isNews, "This level was told already: " + now, now);
        hold(ONCE, Ear.gravity(now.status()) >= ear.gravity(), "Worse was told already: " + now, now);
    }

    private void end(Told now, Ear ear) {
        boolean isRight = now.inSummary() || ear.isUnsure() || ear.isTroubled() || hasSummaries(now);
        hold(ENDS, isRight, "The end of something that was not told: " + now, now);
    }

    /** Only who was called is told that nobody is to be called, and once. */
    private void acknowledged(Told now, Ear ear) {
        hold(PAGERS, now.channel() instanceof Channel.PagerDuty, "That is no pager: " + now, now);
        hold(PAGERS, ear.isUnsure() || ear.isTroubled(), "It was not told of trouble: " + now, now);
        hold(PAGERS, ear.isUnsure() || !ear.isAcknowledged(), "It knows already: " + now, now);
    }

    private void reminder(Told now, Ear ear) {
        var client = world.clients().get(now.owner());
        boolean isWanted = client.policy(now.target()).remindEvery().isPresent()
                || client.watches().values().stream().anyMatch(Client.Asked::wasSnoozed);
        hold(ONCE, isWanted, "Nobody wanted to be reminded: " + now, now);
        hold(ONCE, !ear.remindedAt().plus(BETWEEN_REMINDERS).isAfter(now.at()), "Reminded again: " + now, now);
    }

    private boolean hasSummaries(Told now) {
        return world.clients().get(now.owner()).hasDigest() || storms.isOver(now);
    }

    /** At the end, when all has been well for long. */
    void end(Hearing hearing) {
        trial.hold(
                ALERTS,
                alerts.isEmpty(),
                "Never ended: " + alerts,
                alerts.values().stream()
                        .flatMap(told ->
                                Stream.of(told.target().id(), told.owner().id()))
                        .toArray(String[]::new));
        hearing.ears()
                .forEach((name, causes) -> causes.forEach((cause, ear) -> {
                    var owner = name.substring(0, name.indexOf(" by "));
                    trial.hold(
                            ENDS,
                            !ear.isTroubled() || ear.isUnsure(),
                            "Its end was never told to " + name + ": " + cause + " since " + ear.since() + " "
                                    + ear.levels(),
                            owner,
                            cause.substring(cause.indexOf(':') + 1));
                }));
    }

    private void hold(String invariant, boolean holds, String what, Told now) {
        if (!holds) {
            trial.hold(
                    invariant,
                    false,
                    what + "\nSo far: " + String.join("\n        ", log.get(now.ear())),
                    now.target().id(),
                    "world");
            return;
        }
        trial.hold(invariant, true, "", "");
    }
}

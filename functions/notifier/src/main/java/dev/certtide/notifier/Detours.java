package dev.certtide.notifier;

import dev.certtide.kit.BrokenChannels;
import dev.certtide.kit.BrokenChannels.Mark;
import dev.certtide.kit.Queue;
import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What becomes of a notification whose channel can't be used.
 *
 * <p>When another channel that works is told the same itself, nothing is missed, and the owner is told once that the
 * channel is broken. Otherwise the first fallback tells it in full, and why it comes that way.
 *
 * <p>Every message has a key that a repetition has, too, and the mark says last that its owner knows: a crash in between
 * sends again what is known by its key.
 */
final class Detours {
    private final BrokenChannels broken;
    private final Secrets secrets;
    private final Queue notifications;
    private final InstantSource clock;

    Detours(BrokenChannels broken, Secrets secrets, Queue notifications, InstantSource clock) {
        this.broken = broken;
        this.secrets = secrets;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * Marks the channel, and hands over what is to be told otherwise.
     *
     * @return whether its owner gets to know it; if not, nobody can be told
     */
    boolean take(Notification notification, String reason) {
        var mark = broken.mark(notification.owner(), notification.channel(), secrets.isShared(notification), reason);
        // After the mark: of two channels that fail at the same time one sees that the other does.
        var unusable = broken.of(notification.owner()).keySet();
        var heard = usable(notification.alsoTold(), unusable);
        var next = heard.isEmpty() ? next(notification, unusable) : Optional.<Channel>empty();
        next.map(channel -> notification.over(channel, why(notification, reason)))
                .ifPresent(this::send);
        if (!mark.isTold()) {
            tell(notification, mark, reason, next, unusable);
        }
        return !heard.isEmpty() || next.isPresent();
    }

    /** Something was told over it: whatever was marked there works. */
    void works(Notification notification) {
        var channel = notification.channel();
        broken.works(notification.owner(), channel);
        if (channel instanceof Channel.Stored && broken.isMarkedForAll(channel) && secrets.isShared(notification)) {
            broken.worksForAll(channel);
        }
    }

    /** One that works, if any does; it may work by now what did not. */
    private static Optional<Channel> next(Notification notification, Set<String> unusable) {
        return Stream.concat(usable(notification.fallbacks(), unusable).stream(), notification.fallbacks().stream())
                .findFirst();
    }

    private static List<Channel> usable(List<Channel> channels, Set<String> unusable) {
        return channels.stream()
                .filter(channel -> !unusable.contains(channel.key()))
                .toList();
    }

    /** What tells it in full says why, so nothing more is to be said; but for what is about another broken channel. */
    private void tell(
            Notification notification, Mark mark, String reason, Optional<Channel> next, Set<String> unusable) {
        boolean isSaid = next.isPresent() && notification.kind() != Kind.CHANNEL_BROKEN;
        var ways = new ArrayList<>(usable(
                Stream.concat(notification.alsoTold().stream(), notification.fallbacks().stream())
                        .toList(),
                unusable));
        if (!isSaid && ways.isEmpty()) {
            return;
        }
        if (!isSaid) {
            ways.sort(Comparator.comparing(Detours::disturbance));
            send(breakdown(notification, mark, reason, ways));
        }
        broken.told(notification.owner(), notification.channel(), mark);
    }

    /** That a channel is broken is for a person to read, and no reason to call anybody. */
    private static int disturbance(Channel channel) {
        return switch (channel) {
            case Channel.Email _ -> 0;
            case Channel.Slack _, Channel.Teams _, Channel.Telegram _, Channel.Messenger _ -> 1;
            case Channel.Webhook _ -> 2;
            case Channel.Sms _ -> 3;
            case Channel.PagerDuty _ -> 4;
        };
    }

    private Notification breakdown(Notification notification, Mark mark, String reason, List<Channel> ways) {
        var id = "broken_"
                + Fingerprint.shortOf(
                        notification.owner() + " " + notification.channel().id());
        return new Notification(
                id + "#" + mark.since(),
                Kind.CHANNEL_BROKEN,
                notification.owner(),
                ways.getFirst(),
                notification.target(),
                notification.status(),
                id,
                mark.since(),
                clock.instant(),
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                List.of(),
                0,
                ways.subList(1, ways.size()),
                Optional.of(reason),
                List.of(),
                0,
                Optional.of(notification.channel()));
    }

    private static String why(Notification notification, String reason) {
        return notification
                .note()
                .filter(_ -> notification.kind() == Kind.CHANNEL_BROKEN)
                .orElseGet(() -> "You get this here because "
                        + notification.channel().displayName() + " does not work: " + reason + ".");
    }

    private void send(Notification notification) {
        notifications.send(List.of(CloudEvent.of(
                        EventType.NOTIFICATION_DECIDED,
                        notification.key(),
                        "notifier",
                        notification.target().id(),
                        clock.instant(),
                        Optional.empty(),
                        notification)
                .write()));
    }
}

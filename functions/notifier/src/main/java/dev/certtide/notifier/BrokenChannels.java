package dev.certtide.notifier;

import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.time.InstantSource;

/** Which channels do not work, and why: items of {@code Results}, so that whoever shows settings can tell. */
final class BrokenChannels {
    /** Nothing is sent there meanwhile. Short, since whoever mends a channel tells nobody, and it may be the only one. */
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofHours(6);

    private final Table results;
    private final InstantSource clock;

    BrokenChannels(Table results, InstantSource clock) {
        this.results = results;
        this.clock = clock;
    }

    void mark(Notification notification, String reason) {
        var now = clock.instant();
        results.put(Item.of(pk(notification), sk(notification))
                .with("owner", notification.owner().id())
                .with("channel", notification.channel().displayName())
                .with("reason", reason)
                .with("at", now.toString())
                .with("expiresAt", now.plus(UNTIL_TRIED_AGAIN).getEpochSecond()));
    }

    void clear(Notification notification) {
        results.delete(pk(notification), sk(notification));
    }

    private static String pk(Notification notification) {
        return "OWNER#" + notification.owner();
    }

    private static String sk(Notification notification) {
        return "BROKEN#" + notification.channel().key();
    }
}

package dev.certtide.notifier;

import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.time.InstantSource;

/** What became of tests: items of {@code Results}, for whoever asked for one. */
final class Trials {
    private static final Duration REMEMBER = Duration.ofDays(1);

    private final Table results;
    private final InstantSource clock;

    Trials(Table results, InstantSource clock) {
        this.results = results;
        this.clock = clock;
    }

    void record(Notification test, Outcome outcome) {
        var now = clock.instant();
        results.put(Item.of("OWNER#" + test.owner(), "TEST#" + test.key())
                .with("outcome", word(outcome))
                .with("reason", reason(outcome))
                .with("at", now.toString())
                .with("expiresAt", now.plus(REMEMBER).getEpochSecond()));
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered _ -> "delivered";
            case Outcome.Throttled _ -> "throttled";
            case Outcome.Temporary _ -> "temporary";
            case Outcome.Permanent _ -> "permanent";
        };
    }

    private static String reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered _ -> "";
            case Outcome.Throttled throttled -> throttled.reason();
            case Outcome.Temporary temporary -> temporary.reason();
            case Outcome.Permanent permanent -> permanent.reason();
        };
    }
}

package dev.certtide.recheck;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.certtide.kit.FunctionKit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Every minute: sends the targets whose turn it is to the checker, and tells of timers whose time has come. */
public final class RecheckHandler implements RequestHandler<ScheduledEvent, Void> {
    /** What a part that has been begun may take, and recording it. */
    private static final Duration TO_END = Duration.ofSeconds(20);

    private final FunctionKit kit;
    private final Rounds rounds;

    /** On Lambda. */
    public RecheckHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public RecheckHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        rounds = new Rounds(
                new Cursor(kit.table("DEDUP_TABLE")),
                new Parts(kit.config(), kit.claims(), kit.queue("RECHECK_QUEUE_URL")),
                new DueTimers(kit.timers(), kit.claims(), kit.queue("SSL_FAILURES_QUEUE_URL"), clock),
                clock);
    }

    @Override
    public Void handleRequest(ScheduledEvent event, Context context) {
        var time = event.getTime() == null
                ? kit.clock().instant()
                : Instant.ofEpochMilli(event.getTime().getMillis());
        var log = kit.log(context);
        var outcome = rounds.run(time, () -> context.getRemainingTimeInMillis() > TO_END.toMillis());
        log.count("RecheckDue", outcome.sent());
        log.count("RecheckBehind", outcome.behind());
        if (outcome.elsewhere() > 0) {
            log.info("another invocation is at it", Map.of("parts", outcome.elsewhere()));
        }
        // Lambda tells it again, twice, and the alarm on errors hears of it.
        outcome.failure().ifPresent(failure -> {
            log.error("not all could be sent or told of", failure);
            throw failure;
        });
        return null;
    }
}

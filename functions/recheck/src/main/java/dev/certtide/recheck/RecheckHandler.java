package dev.certtide.recheck;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.certtide.kit.FunctionKit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Every minute: sends the targets whose turn it is to the checker. */
public final class RecheckHandler implements RequestHandler<ScheduledEvent, Void> {
    private final FunctionKit kit;
    private final Rounds rounds;

    /** On Lambda. */
    public RecheckHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public RecheckHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        rounds = new Rounds(kit.config(), kit.claims(), kit.queue("RECHECK_QUEUE_URL"));
    }

    @Override
    public Void handleRequest(ScheduledEvent event, Context context) {
        // The rule's own minute, so that a late or repeated invocation means the same one.
        var minute = event.getTime() == null
                ? kit.clock().instant()
                : Instant.ofEpochMilli(event.getTime().getMillis());
        var log = kit.log(context);
        var sent = rounds.run(minute);
        log.count("RecheckDue", sent);
        return null;
    }
}

package dev.certtide.failures;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.FunctionKit;
import dev.certtide.model.CheckResult;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.event.WatchAdded;
import java.time.InstantSource;
import java.util.Map;

/** Decides what to tell the owners: {@code ssl_result} that needs attention → incidents, notifications. */
public final class SslFailuresHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final Incidents incidents;

    /** On Lambda. */
    public SslFailuresHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public SslFailuresHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        incidents = new Incidents(
                kit.results(),
                new Ledger(kit.table("RESULTS_TABLE")),
                kit.config(),
                kit.queue("NOTIFICATIONS_QUEUE_URL"),
                clock);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return kit.batch(context).process(event, context, message -> apply(message.getBody(), context));
    }

    /** Results come as batches, everything else alone. */
    private void apply(String body, Context context) {
        switch (CloudEvent.typeOf(body, EventType.SSL_CHECKED, EventType.WATCH_ADDED, EventType.TIMER_DUE)) {
            case WATCH_ADDED ->
                incidents.tell(CloudEvent.read(WatchAdded.class, body).data().target());
            case TIMER_DUE -> {
                // Nobody sets a timer yet: reminders, escalations and the ends of snoozes are to.
                var timer = CloudEvent.read(TimerDue.class, body).data();
                kit.log(context).info("A timer went off that nothing waits for", Map.of("kind", timer.kind()));
                kit.log(context).count("TimersDue", 1);
            }
            default ->
                CloudEvent.readBatch(CheckResult.class, body).forEach(checked -> incidents.apply(checked.data()));
        }
    }
}

package dev.certtide.failures;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.BrokenChannels;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.ResultEvents;
import dev.certtide.kit.RetryLaterException;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.event.WatchAdded;
import dev.certtide.model.incident.IncidentAnswered;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Decides what to tell the owners, and when: {@code ssl_result} that needs attention, changes of watches, people's
 * answers and timers → incidents, notifications.
 */
public final class SslFailuresHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final TargetResults targets;
    private final IncidentLooks looks;
    private final Summaries summaries;
    private final SecondLooks secondLooks;

    /** On Lambda. */
    public SslFailuresHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public SslFailuresHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        var config = kit.config();
        var incidents = kit.incidents();
        var policies = new OwnerPolicies(config, kit.policies());
        var notifications = kit.queue("NOTIFICATIONS_QUEUE_URL");
        var results = kit.table("RESULTS_TABLE");
        summaries = new Summaries(results, incidents, kit.timers(), notifications, clock);
        var voice =
                new Voice(notifications, incidents, policies, new Bursts(kit.table("DEDUP_TABLE"), clock), summaries);
        looks = new IncidentLooks(
                incidents, policies, new BrokenChannels(results, clock), voice, summaries, kit.timers(), clock);
        var pause = Duration.ofSeconds(kit.environment()
                .optional("CERTTIDE_CONFIRM_AFTER")
                .map(Long::valueOf)
                .orElse(120L));
        secondLooks = new SecondLooks(config, kit.queue("RECHECK_QUEUE_URL"), kit.timers(), pause, clock);
        targets = new TargetResults(
                kit.results(),
                kit.standings(),
                config,
                new OwnersOfTarget(config, policies, kit.standings(), incidents, looks, clock),
                secondLooks);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var batch = kit.batch(context);
        var results = kit.resultEvents(batch);
        return batch.process(event, context, message -> apply(message.getBody(), results, context));
    }

    /** Results come as batches, everything else alone. */
    private void apply(String body, ResultEvents results, Context context) {
        var type = CloudEvent.typeOf(
                body, EventType.SSL_CHECKED, EventType.WATCH_ADDED, EventType.INCIDENT_ANSWERED, EventType.TIMER_DUE);
        switch (type) {
            case WATCH_ADDED ->
                targets.settle(CloudEvent.read(WatchAdded.class, body).data().target());
            case INCIDENT_ANSWERED ->
                looks.answer(CloudEvent.read(IncidentAnswered.class, body).data());
            case TIMER_DUE -> apply(CloudEvent.read(TimerDue.class, body).data(), context);
            default -> results.checked(body, all -> all.forEach(targets::apply));
        }
    }

    private void apply(TimerDue timer, Context context) {
        var early = Duration.between(kit.clock().instant(), timer.at());
        if (early.isPositive()) {
            // By another clock its time has come. What is decided now would be decided as before, and nobody looks
            // again.
            throw RetryLaterException.notBefore("the timer goes off at " + timer.at(), early);
        }
        kit.log(context).count("TimersDue", 1);
        switch (timer.kind()) {
            case IncidentLooks.TIMER -> looks.look(timer);
            case Summaries.TIMER -> summaries.tell(timer);
            case SecondLooks.TIMER -> secondLooks.ask(timer);
            default -> kit.log(context).info("A timer went off that nothing waits for", Map.of("kind", timer.kind()));
        }
    }
}

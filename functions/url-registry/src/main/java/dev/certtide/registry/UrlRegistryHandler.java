package dev.certtide.registry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.UrlEventBatch.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Keeps what is to be watched: {@code new_url} → {@code Config}. */
public final class UrlRegistryHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final Registry registry;

    /** On Lambda. */
    public UrlRegistryHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public UrlRegistryHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        var watches = kit.watches();
        var limits = new OwnerLimits(kit.table("DEDUP_TABLE"), watches::count, kit.environment(), clock);
        var schedule = new TargetSchedule(kit.config(), kit.results(), kit.standings(), kit.targetMargins());
        registry = new Registry(watches, kit.keptRoots(), limits, schedule, kit.queue("SSL_FAILURES_QUEUE_URL"), clock);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return kit.urlEvents(context)
                .processRefusing(event, context, (events, refuse) -> registry.apply(events, refusals -> {
                    refuse.accept(refusals);
                    count(refusals, context);
                }));
    }

    private void count(List<Refusal> refusals, Context context) {
        long exceeding = refusals.stream().filter(Refusals::exceedsLimits).count();
        if (exceeding > 0) {
            kit.log(context).count("OwnerLimitExceeded", exceeding);
        }
    }
}

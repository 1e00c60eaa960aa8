package dev.certtide.stats;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.ResultEvents;
import dev.certtide.kit.Runs;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import java.time.InstantSource;
import java.util.Map;

/** Keeps what was found: {@code ssl_result} → {@code Results}, and how often to look from now on. */
public final class SslStatsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final Runs runs;
    private final Keeper keeper;

    /** On Lambda. */
    public SslStatsHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public SslStatsHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        runs = kit.runs();
        keeper = new Keeper(kit.results(), kit.config());
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var batch = kit.batch(context);
        var events = kit.resultEvents(batch);
        return batch.process(event, context, message -> keep(message.getBody(), events));
    }

    private void keep(String message, ResultEvents events) {
        switch (CloudEvent.typeOf(message, EventType.SSL_CHECKED, EventType.SSL_UNCHANGED)) {
            case SSL_UNCHANGED -> events.unchanged(message, all -> all.forEach(runs::keep));
            default -> events.checked(message, keeper::keep);
        }
    }
}

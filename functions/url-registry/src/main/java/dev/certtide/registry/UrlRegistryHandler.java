package dev.certtide.registry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.FunctionKit;
import java.time.InstantSource;
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
        registry = new Registry(kit.config(), kit.results(), kit.queue("SSL_FAILURES_QUEUE_URL"), clock);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return kit.urlEvents(context).process(event, context, events -> events.forEach(registry::apply));
    }
}

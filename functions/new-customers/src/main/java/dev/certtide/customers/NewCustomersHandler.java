package dev.certtide.customers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.FunctionKit;
import dev.certtide.model.event.UrlEvent;
import java.time.InstantSource;
import java.util.Map;

/** Feeds the marketing database: {@code new_url} → {@code Marketing}. */
public final class NewCustomersHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final Customers customers;

    /** On Lambda. */
    public NewCustomersHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public NewCustomersHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        customers = new Customers(kit.table("MARKETING_TABLE"), clock);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return kit.urlEvents(context).process(event, context, events -> events.stream()
                .filter(UrlEvent.Added.class::isInstance)
                .map(UrlEvent.Added.class::cast)
                .forEach(customers::welcome));
    }
}

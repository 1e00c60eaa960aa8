package dev.certtide.customers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.Claims;
import dev.certtide.kit.FunctionKit;
import dev.certtide.model.event.UrlEvent;
import dev.certtide.webhook.WebhookSender;
import java.time.InstantSource;
import java.util.Map;

/** Feeds the marketing database, and a CRM if there is one: {@code new_url} → {@code Marketing}, webhook. */
public final class NewCustomersHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final Customers customers;
    private final Crm crm;

    /** On Lambda. */
    public NewCustomersHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public NewCustomersHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        var marketing = kit.table("MARKETING_TABLE");
        customers = new Customers(marketing, clock);
        crm = new Crm(
                new CrmWebhook(kit.table("CONFIG_TABLE"), clock),
                new Claims(marketing, clock),
                () -> new WebhookSender(kit.addressGuard(), kit.allowsPrivateNetworks(), clock));
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var log = kit.log(context);
        return kit.urlEvents(context).process(event, context, events -> {
            var added = events.stream()
                    .filter(UrlEvent.Added.class::isInstance)
                    .map(UrlEvent.Added.class::cast)
                    .toList();
            // The table first: whatever becomes of the CRM, the customer is kept.
            crm.tell(customers.welcome(added), told -> log.count("ToldCrm", told));
        });
    }
}

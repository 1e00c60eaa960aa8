package dev.certtide.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.FunctionKit;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import dev.certtide.webhook.WebhookSender;
import java.time.InstantSource;
import java.util.Map;

/** Tells the owners, each thing once: notifications → mail, webhooks. */
public final class NotifierHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final Delivery delivery;

    /** On Lambda. */
    public NotifierHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public NotifierHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        var secrets = new Secrets(kit.table("CONFIG_TABLE"));
        var sender = new WebhookSender(kit.addressGuard(), kit.allowsPrivateNetworks(), clock);
        delivery = new Delivery(kit.claims(), new MailSender(secrets, clock), new OwnerWebhooks(secrets, sender));
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var log = kit.log(context);
        return kit.batch(context).process(event, context, message -> {
            var notification =
                    CloudEvent.read(Notification.class, message.getBody()).data();
            if (delivery.deliver(notification)) {
                log.info(
                        "told",
                        Map.of(
                                "key",
                                notification.key(),
                                "kind",
                                notification.kind().word()));
                log.count("Told", 1);
            }
        });
    }
}

package dev.certtide.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.BrokenChannels;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.Log;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import dev.certtide.webhook.GuardedHttp;
import dev.certtide.webhook.WebhookSender;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Tells the owners, each thing once: notifications → mail, webhooks, text messages, chats, pagers. */
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
        delivery = delivery(kit, senders(new Secrets(kit.table("CONFIG_TABLE"))));
    }

    /** With senders of somebody else's. */
    NotifierHandler(FunctionKit kit, Senders senders) {
        this.kit = kit;
        delivery = delivery(kit, senders);
    }

    private static Delivery delivery(FunctionKit kit, Senders senders) {
        var config = kit.table("CONFIG_TABLE");
        var results = kit.table("RESULTS_TABLE");
        var secrets = new Secrets(config);
        var broken = new BrokenChannels(results, kit.clock());
        return new Delivery(
                kit.claims(),
                new Texts(config, secrets),
                senders,
                new Detours(broken, secrets, kit.queue("NOTIFICATIONS_QUEUE_URL"), kit.clock()),
                new Trials(results, kit.clock()));
    }

    private Senders senders(Secrets secrets) {
        var http = new GuardedHttp(kit.addressGuard(), kit.allowsPrivateNetworks(), kit.clock());
        var poster = new Poster(http);
        return new Senders(
                new MailSender(secrets, new SmtpMail(kit.clock()), new SesMail(ses())),
                new OwnerWebhooks(secrets, new WebhookSender(http, kit.clock())),
                new SmsSender(kit.aws()::sns),
                new SlackSender(secrets, poster),
                new TeamsSender(secrets, poster),
                new PagerDutySender(secrets, poster, base("PAGERDUTY", "https://events.pagerduty.com")),
                new TelegramSender(secrets, poster, base("TELEGRAM", "https://api.telegram.org")),
                new MessengerSender(secrets, poster, base("MESSENGER", "https://graph.facebook.com")));
    }

    /** Where a provider is; elsewhere for tests, for a mirror, and for PagerDuty in Europe. */
    private URI base(String provider, String usual) {
        return URI.create(
                kit.environment().optional("CERTTIDE_" + provider + "_URL").orElse(usual));
    }

    /** Built when the first mail is sent by SES, which most deployments do not use. */
    private Supplier<SesV2Client> ses() {
        return new Supplier<>() {
            private SesV2Client client;

            @Override
            public synchronized SesV2Client get() {
                if (client == null) {
                    client = kit.aws().configure(SesV2Client.builder(), "SESV2").build();
                }
                return client;
            }
        };
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var log = kit.log(context);
        return kit.batch(context).process(event, context, message -> {
            var notification =
                    CloudEvent.read(Notification.class, message.getBody()).data();
            var attempt = Attempt.of(message, kit.clock().instant());
            tell(delivery.deliver(notification, attempt), notification, log);
        });
    }

    private static void tell(Delivery.Result result, Notification notification, Log log) {
        var what = Map.<String, Object>of(
                "key", notification.key(), "kind", notification.kind().word());
        switch (result) {
            case TOLD -> {
                log.info("told", what);
                log.count("Told", 1);
            }
            case PASSED_ON -> {
                log.warn("the channel can't be used; another one tells it", what);
                log.count("PassedOn", 1);
            }
            case FAILED -> log.warn("the test failed; whoever asked for it is told why", what);
            case KNOWN -> {
                // It was counted when it was told.
            }
        }
    }
}

package dev.certtide.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.FunctionKit;
import dev.certtide.model.Channel;
import dev.certtide.model.event.Notification;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The function as it is deployed, with one provider behind all channels, which is in this process: everything but the
 * requests to the real ones.
 */
public final class LocalNotifier implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private static final Duration LATER = Duration.ofMinutes(3);

    private final NotifierHandler handler;

    /** What the provider says. */
    public enum Answer {
        TAKEN,
        THROTTLED,
        TEMPORARY,
        PERMANENT
    }

    /** With these variables and that clock. */
    public LocalNotifier(Map<String, String> variables, InstantSource clock, Function<Notification, Answer> provider) {
        handler = new NotifierHandler(
                FunctionKit.of(variables, clock),
                new Senders(
                        to(provider),
                        to(provider),
                        to(provider),
                        to(provider),
                        to(provider),
                        to(provider),
                        to(provider),
                        to(provider)));
    }

    private static <C extends Channel> Sender<C> to(Function<Notification, Answer> provider) {
        return (notice, _) -> switch (provider.apply(notice.notification())) {
            case TAKEN -> Outcome.delivered();
            case THROTTLED -> new Outcome.Throttled("it wants less", Optional.of(LATER));
            case TEMPORARY -> new Outcome.Temporary("it is away");
            case PERMANENT -> new Outcome.Permanent("channel", "it is gone");
        };
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return handler.handleRequest(event, context);
    }
}

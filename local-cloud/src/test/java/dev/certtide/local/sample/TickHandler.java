package dev.certtide.local.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.InstantSource;
import java.util.Map;

/** Logs the time of the event and of the clock that it was constructed with. */
public final class TickHandler implements RequestHandler<ScheduledEvent, String> {
    private final Map<String, String> environment;
    private final InstantSource clock;

    public TickHandler() {
        this(System.getenv(), InstantSource.system());
    }

    public TickHandler(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public String handleRequest(ScheduledEvent event, Context context) {
        context.getLogger()
                .log("tick %s clock %s table %s extra %s"
                        .formatted(
                                event.getTime(),
                                clock.instant(),
                                environment.get("RESULTS_TABLE"),
                                environment.get("EXTRA")));
        return event.getDetailType();
    }
}

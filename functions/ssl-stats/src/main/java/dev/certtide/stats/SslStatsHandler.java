package dev.certtide.stats;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.Config;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.Results;
import dev.certtide.kit.Runs;
import dev.certtide.model.CheckResult;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.SslUnchanged;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Keeps what was found: {@code ssl_result} → {@code Results}, and how often to look from now on. */
public final class SslStatsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final Results results;
    private final Runs runs;
    private final Config config;

    /** On Lambda. */
    public SslStatsHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public SslStatsHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        results = kit.results();
        runs = kit.runs();
        config = kit.config();
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return kit.batch(context).process(event, context, message -> keep(message.getBody()));
    }

    private void keep(String batch) {
        switch (CloudEvent.typeOf(batch, EventType.SSL_CHECKED, EventType.SSL_UNCHANGED)) {
            case SSL_UNCHANGED ->
                CloudEvent.readBatch(SslUnchanged.class, batch).forEach(unchanged -> runs.keep(unchanged.data()));
            default -> CloudEvent.readBatch(CheckResult.class, batch).forEach(checked -> keep(checked.data()));
        }
    }

    private void keep(CheckResult result) {
        try {
            if (!results.keep(result, keeping -> settle(result, keeping))) {
                // A newer one was faster, maybe after this one was settled.
                config.unsettle(result);
            }
        } catch (RuntimeException failed) {
            // As long as the schedule says that this is written down, checks that come to the same would not be told.
            try {
                config.unsettle(result);
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    private void settle(CheckResult result, Results.Keeping keeping) {
        if (keeping.isLate()) {
            keeping.leaves().ifPresent(leaves -> config.remember(result.target(), leaves));
        } else if (keeping.isNews() || keeping.leaves().isPresent()) {
            config.settle(result, keeping.leaves());
        } else if (!config.isSettled(result)) {
            // Somebody has put the target back on the schedule meanwhile.
            config.settle(result, Optional.of(results.leaves(result.target())));
        }
    }
}

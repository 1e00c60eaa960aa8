package dev.certtide.stats;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.Config;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.Results;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.schedule.Cadence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Keeps what was found: {@code ssl_result} → {@code Results}, and how often to look from now on. */
public final class SslStatsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final Results results;
    private final Config config;

    /** On Lambda. */
    public SslStatsHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public SslStatsHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        results = kit.results();
        config = kit.config();
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return kit.batch(context)
                .process(event, context, message -> CloudEvent.readBatch(CheckResult.class, message.getBody())
                        .forEach(checked -> keep(checked.data())));
    }

    private void keep(CheckResult result) {
        if (results.keep(result, leaves -> remember(result.target(), leaves))) {
            var lifetime = result.newestLeaf().map(CertificateReport::lifetime).orElse(Duration.ZERO);
            config.reschedule(result.target(), Cadence.of(result.status(), lifetime));
        }
    }

    private void remember(Target target, LeafHistory leaves) {
        leaves.seenLast().ifPresent(last -> config.remember(target, Known.of(leaves), last.lastSeen()));
    }
}

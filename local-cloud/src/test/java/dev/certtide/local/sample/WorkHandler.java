package dev.certtide.local.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Logs what it gets; bodies tell it to fail a message ("poison"), to throw ("boom"), or to take a while ("slow"). */
public final class WorkHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private static final AtomicInteger RUNNING = new AtomicInteger();

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var log = context.getLogger();
        log.log("running %d batch %d"
                .formatted(RUNNING.incrementAndGet(), event.getRecords().size()));
        try {
            var failed = new ArrayList<SQSBatchResponse.BatchItemFailure>();
            for (var message : event.getRecords()) {
                var body = message.getBody();
                if (body.contains("slow")) new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
                if (body.contains("boom")) throw new IllegalStateException("boom");
                if (body.contains("poison")) failed.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
                else
                    log.log("done " + body + " kind="
                            + (message.getMessageAttributes().containsKey("kind")
                                    ? message.getMessageAttributes().get("kind").getStringValue()
                                    : "-"));
            }
            return new SQSBatchResponse(failed);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            RUNNING.decrementAndGet();
        }
    }
}

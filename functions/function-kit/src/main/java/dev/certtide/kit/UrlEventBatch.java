package dev.certtide.kit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import dev.certtide.model.event.UrlEvent;
import java.util.List;
import java.util.function.Consumer;

/**
 * The batch loop of every subscriber of {@code new_url}: reads the events of each message, and keeps elements that are
 * none as dead letters without spoiling the others.
 */
public final class UrlEventBatch {
    private final SqsBatch batch;

    /** On top of that batch loop. */
    public UrlEventBatch(SqsBatch batch) {
        this.batch = batch;
    }

    /** Does {@code work} for the events of each message; it may be given the same events again. */
    public SQSBatchResponse process(SQSEvent event, Context context, Consumer<List<UrlEvent>> work) {
        return batch.process(event, context, message -> process(message, work));
    }

    /** Does {@code work} for the events of one message. */
    public void process(SQSMessage message, Consumer<List<UrlEvent>> work) {
        var elements = NewUrlMessage.parse(message.getBody());
        var events = elements.stream()
                .filter(Element.Accepted.class::isInstance)
                .map(element -> ((Element.Accepted) element).event())
                .toList();
        if (!events.isEmpty()) {
            about(events, () -> work.accept(events));
        }
        // Last, so that a retry of the events does not keep them twice.
        elements.stream()
                .filter(Element.Rejected.class::isInstance)
                .map(Element.Rejected.class::cast)
                .forEach(rejected -> batch.bury(rejected.json(), rejected.reason()));
    }

    /** Most messages hold one event, whose own id and trace tell more than the message's. */
    private static void about(List<UrlEvent> events, Runnable work) {
        if (events.size() == 1) {
            var origin = events.getFirst().origin();
            Log.about(new Log.Subject(origin.id(), origin.traceparent()), work);
        } else {
            work.run();
        }
    }
}

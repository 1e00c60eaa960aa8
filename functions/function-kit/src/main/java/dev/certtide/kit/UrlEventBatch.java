package dev.certtide.kit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import dev.certtide.model.event.UrlEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The batch loop of every subscriber of {@code new_url}: reads the events of each message, and keeps elements that are
 * none as dead letters without spoiling the others.
 *
 * <p>Every event comes with a time, which is what tells newer from older. One without has that at which its message came
 * into the queue, and a nanosecond for each event that stands before it in the message, so that the order within a message
 * counts. A time further ahead than {@link #MOST_AHEAD} of that is set back to it: a sender's clock that is years ahead
 * would otherwise have the last word for years. The queue's time stays the same when a message is delivered again, so the
 * event's does as well.
 */
public final class UrlEventBatch {
    /** How far a sender's clock may be ahead of ours. */
    public static final Duration MOST_AHEAD = Duration.ofMinutes(5);

    private final SqsBatch batch;
    private final InstantSource clock;

    /** On top of that batch loop; the clock is asked about messages that don't say when they were sent. */
    public UrlEventBatch(SqsBatch batch, InstantSource clock) {
        this.batch = batch;
        this.clock = clock;
    }

    /**
     * Why an event is not acted on, although it can be read.
     *
     * @param event one of those that were given
     * @param field of its data, for example {@code owner}
     * @param problem what is wrong and what to do
     */
    public record Refusal(UrlEvent event, String field, String problem) {}

    /** Does {@code work} for the events of each message; it may be given the same events again. */
    public SQSBatchResponse process(SQSEvent event, Context context, Consumer<List<UrlEvent>> work) {
        return processRefusing(event, context, events -> {
            work.accept(events);
            return List.of();
        });
    }

    /** The same for work that refuses events, which then are kept as dead letters. */
    public SQSBatchResponse processRefusing(
            SQSEvent event, Context context, Function<List<UrlEvent>, List<Refusal>> work) {
        return batch.process(event, context, message -> process(message, work));
    }

    private void process(SQSMessage message, Function<List<UrlEvent>, List<Refusal>> work) {
        var elements = NewUrlMessage.parse(message.getBody());
        var events = new LinkedHashMap<Integer, UrlEvent>();
        var sentAt = sentAt(message);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Element.Accepted(var event)) {
                events.put(i, event.at(time(event, sentAt.plusNanos(i), sentAt.plus(MOST_AHEAD))));
            }
        }
        var refusals = new IdentityHashMap<UrlEvent, Refusal>();
        if (!events.isEmpty()) {
            about(List.copyOf(events.values()), all -> work.apply(all)
                    .forEach(refusal -> refusals.put(refusal.event(), refusal)));
        }
        // Last, so that a retry of the events does not keep them twice.
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Element.Rejected(var json, var reason)) {
                batch.bury(json, reason);
            }
            var refusal = refusals.get(events.get(i));
            if (refusal != null) {
                var refused = NewUrlMessage.refuse(message.getBody(), i, refusal.field(), refusal.problem());
                batch.bury(refused.json(), refused.reason());
            }
        }
    }

    private static Instant time(UrlEvent event, Instant unlessSaid, Instant latest) {
        var said = event.origin().time().orElse(unlessSaid);
        return said.isAfter(latest) ? latest : said;
    }

    private Instant sentAt(SQSMessage message) {
        return Optional.ofNullable(message.getAttributes())
                .map(attributes -> attributes.get("SentTimestamp"))
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                .orElseGet(clock::instant);
    }

    /** Most messages hold one event, whose own id and trace tell more than the message's. */
    private static void about(List<UrlEvent> events, Consumer<List<UrlEvent>> work) {
        if (events.size() == 1) {
            var origin = events.getFirst().origin();
            Log.about(new Log.Subject(origin.id(), origin.traceparent()), () -> work.accept(events));
        } else {
            work.accept(events);
        }
    }
}

package dev.certtide.kit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.certtide.kit.DeadLetters.Letter;
import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import dev.certtide.model.event.UrlEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The batch loop of every subscriber of {@code new_url}: reads the events of each message, and keeps elements that are
 * none as dead letters without spoiling the others.
 *
 * <p>Every event comes with a time, which is what tells newer from older. One without has that at which its message came
 * into the queue, and a nanosecond for each event that stands before it in the message, so that the order within a message
 * counts. Times further ahead than {@link #MOST_AHEAD} of that are set back to it, a nanosecond apart in the order in which
 * they are: a sender's clock that is years ahead would otherwise have the last word for years. The queue's time stays the
 * same when a message is delivered again, so the event's does as well.
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

    /** Works on the events of one message, and refuses some. */
    @FunctionalInterface
    public interface RefusingWork {
        /**
         * Does the work.
         *
         * @param refuse keeps what is refused as dead letters, together with what could not be read. To be called once,
         *     last: when it fails, the message comes back
         */
        void on(List<UrlEvent> events, Consumer<List<Refusal>> refuse);
    }

    /** Does {@code work} for the events of each message; it may be given the same events again. */
    public SQSBatchResponse process(SQSEvent event, Context context, Consumer<List<UrlEvent>> work) {
        return processRefusing(event, context, (events, refuse) -> {
            work.accept(events);
            refuse.accept(List.of());
        });
    }

    /** The same for work that refuses events, which then are kept as dead letters. */
    public SQSBatchResponse processRefusing(SQSEvent event, Context context, RefusingWork work) {
        return batch.process(event, context, message -> process(message, work));
    }

    private void process(SQSMessage message, RefusingWork work) {
        var read = NewUrlMessage.read(message.getBody());
        var events = events(read.elements(), sentAt(message));
        // Last, so that a retry of the events does not keep them twice.
        Consumer<List<Refusal>> refuse = refusals -> batch.bury(letters(read, events, refusals));
        if (events.isEmpty()) {
            refuse.accept(List.of());
        } else {
            about(List.copyOf(events.values()), all -> work.on(all, refuse));
        }
    }

    /** Those elements that are events, each at its time, by where they stand. */
    private static SequencedMap<Integer, UrlEvent> events(List<Element> elements, Instant sentAt) {
        var events = new LinkedHashMap<Integer, UrlEvent>();
        var latest = sentAt.plus(MOST_AHEAD);
        var ahead = new TreeSet<Instant>();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Element.Accepted(var event)) {
                var at = event.origin().time().orElse(sentAt.plusNanos(i));
                events.put(i, event.at(at));
                if (at.isAfter(latest)) {
                    ahead.add(at);
                }
            }
        }
        var setBack = new HashMap<Instant, Instant>();
        ahead.forEach(at -> setBack.put(at, latest.plusNanos(setBack.size())));
        events.replaceAll(
                (_, event) -> event.at(setBack.getOrDefault(time(event), time(event))));
        return events;
    }

    private static Instant time(UrlEvent event) {
        return event.origin().time().orElseThrow();
    }

    private static List<Letter> letters(
            NewUrlMessage read, SequencedMap<Integer, UrlEvent> events, List<Refusal> refusals) {
        var refused = new IdentityHashMap<UrlEvent, Refusal>();
        refusals.forEach(refusal -> refused.put(refusal.event(), refusal));
        var letters = new ArrayList<Letter>();
        for (int i = 0; i < read.elements().size(); i++) {
            var refusal = refused.get(events.get(i));
            if (refusal != null) {
                letters.add(letter(read.refuse(i, refusal.field(), refusal.problem())));
            } else if (read.elements().get(i) instanceof Element.Rejected rejected) {
                letters.add(letter(rejected));
            }
        }
        return letters;
    }

    private static Letter letter(Element.Rejected rejected) {
        return new Letter(rejected.json(), rejected.reason());
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

package dev.certtide.kit;

import dev.certtide.kit.DeadLetters.Letter;
import dev.certtide.model.CheckResult;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads messages of {@code ssl_result}, and keeps events from the future as dead letters without spoiling the others.
 *
 * <p>Of two results for a target the newer one counts, so one that is years ahead would hide all others for years. Further
 * ahead than {@link UrlEventBatch#MOST_AHEAD} of our clock it is refused, and not set back as a sender's time is: what a
 * certificate comes to was judged by that same clock.
 */
public final class ResultEvents {
    private final SqsBatch batch;
    private final InstantSource clock;

    /** What is refused goes to the dead letters of that batch loop. */
    public ResultEvents(SqsBatch batch, InstantSource clock) {
        this.batch = batch;
        this.clock = clock;
    }

    /** Does {@code work} for the results of a message. */
    public void checked(String message, Consumer<List<CheckResult>> work) {
        process(message, CheckResult.class, "checkedAt", CheckResult::checkedAt, work);
    }

    /** Does {@code work} for what a message tells of targets of which there is nothing new. */
    public void unchanged(String message, Consumer<List<SslUnchanged>> work) {
        process(message, SslUnchanged.class, "to", SslUnchanged::to, work);
    }

    private <T> void process(
            String message, Class<T> type, String field, Function<T, Instant> time, Consumer<List<T>> work) {
        var latest = clock.instant().plus(UrlEventBatch.MOST_AHEAD);
        var events = CloudEvent.readBatch(type, message);
        var present = new ArrayList<T>();
        var ahead = new ArrayList<Integer>();
        for (int i = 0; i < events.size(); i++) {
            var data = events.get(i).data();
            if (time.apply(data).isAfter(latest)) {
                ahead.add(i);
            } else {
                present.add(data);
            }
        }
        if (!present.isEmpty()) {
            work.accept(present);
        }
        // Last, so that a retry of the others does not keep them twice.
        if (!ahead.isEmpty()) {
            var elements = (List<?>) Json.readTree(message);
            batch.bury(ahead.stream()
                    .map(i -> new Letter(alone(elements.get(i)), ahead("[" + i + "].data." + field)))
                    .toList());
        }
    }

    /** A batch of that one, as it came. */
    private static String alone(Object element) {
        return Json.write(Object.class, List.of(element));
    }

    private static InvalidInputException ahead(String field) {
        return new InvalidInputException(
                field,
                "lies more than " + UrlEventBatch.MOST_AHEAD.toMinutes()
                        + " minutes ahead of our clock; set the clock right by which it was checked, and check again");
    }
}

package dev.certtide.model.event;

import dev.certtide.model.Required;
import dev.certtide.model.Target;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * What a slot's targets came to where it is what they came to before: one event for many checks, and one item.
 *
 * <p>It tells of every target of the slot from {@code first} to {@code last}, in the order of their ids, but for those
 * of {@code except}: their results are told one by one, or they have not been checked yet.
 *
 * @param slot the slot, for example {@code daily#1003.2}
 * @param minute the minute in which it was due
 * @param from when the first of the checks began
 * @param to when the last of them began
 * @param first the first target of the range
 * @param last the last target of the range
 * @param unchanged how many came to the same as before, 1 or more
 * @param except the targets of the range that this says nothing of
 */
@Json
public record SslUnchanged(
        String slot,
        Instant minute,
        Instant from,
        Instant to,
        Target first,
        Target last,
        int unchanged,
        List<Target> except) {
    public SslUnchanged {
        Required.field("slot", slot);
        Required.field("minute", minute);
        Required.field("from", from);
        Required.field("to", to);
        Required.field("first", first);
        Required.field("last", last);
        except = List.copyOf(Required.field("except", except));
    }
}

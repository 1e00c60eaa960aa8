package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.util.Comparator;
import java.util.List;

/**
 * One thing found at a target.
 *
 * @param code what it is
 * @param severity how bad it is by itself; {@link Status#OK} for what is only told
 * @param detail one sentence for people: what is wrong and what to do
 * @param addresses the addresses it was found on, as {@code ip:port}; empty when it concerns the name as a whole
 */
@Json
public record Finding(FindingCode code, Status severity, String detail, List<String> addresses) {
    /** The order of findings in a verdict. */
    public static final Comparator<Finding> WORST_FIRST =
            Comparator.comparing(Finding::severity, Comparator.reverseOrder()).thenComparing(Finding::code);

    public Finding {
        Required.field("code", code);
        Required.field("severity", severity);
        Required.field("detail", detail);
        addresses = List.copyOf(Required.field("addresses", addresses));
    }
}

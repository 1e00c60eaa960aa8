package dev.certtide.kit;

import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the queue {@code recheck} is told: targets that are due, some hundred in a message. */
public final class DueMessages {
    private static final int TARGETS_PER_MESSAGE = 100;
    /** Of SQS's 256 KiB, and about what it bills as one request. A hundred targets with the longest names are less. */
    private static final int BYTES_PER_MESSAGE = 60_000;

    private DueMessages() {}

    /**
     * The messages, made one by one as they are consumed.
     *
     * @param slot the slot that is due, or {@link RecheckDue#ASKED}
     * @param minute in which they are due
     * @param targets in the order of their ids
     */
    public static Stream<String> of(String slot, Instant minute, Stream<Due> targets) {
        return targets.gather(Requests.packs(TARGETS_PER_MESSAGE, BYTES_PER_MESSAGE, DueMessages::bytes))
                .map(some -> message(slot, minute, some));
    }

    private static int bytes(Due due) {
        return Requests.bytes(Json.write(due)) + 1;
    }

    private static String message(String slot, Instant minute, List<Due> targets) {
        return CloudEvent.of(
                        EventType.RECHECK_DUE,
                        slot + "/" + minute + "/" + targets.getFirst().target(),
                        "recheck",
                        slot,
                        minute,
                        Optional.empty(),
                        new RecheckDue(slot, targets))
                .write();
    }
}

package dev.certtide.benchmarks.scale;

import dev.certtide.model.Target;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.json.Json;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Scheduled targets that have been checked before, numbered from 0. The first of them are due in the first minute of
 * every hour, the next in the second, as densely as a minute is filled in a fleet of many millions.
 *
 * @param targets by number
 * @param incident whether each belongs to an open incident
 * @param last what the last check of each came to
 * @param firstMinute of the hour
 * @param perMinute how many are due in a minute; a multiple of {@link #PER_BATCH}, so that no batch waits to be filled
 */
record Fleet(IntFunction<Target> targets, boolean incident, Outcome last, int firstMinute, int perMinute) {
    static final int PER_MESSAGE = 100;

    /** What an invocation of the checker gets at once. */
    static final int PER_BATCH = 10 * PER_MESSAGE;

    /** The slot in which a target is due, whatever its hash says: how even that is, {@code FleetDays} tells. */
    Slot slot(int number) {
        return new Slot(Cadence.HOURLY, firstMinute + number / perMinute, number % Slot.PARTS);
    }

    /** How many minutes of the hour that many targets fill. */
    int minutes(int targets) {
        return Math.ceilDiv(targets, perMinute);
    }

    /** How many targets of so many are due in a minute, counted from the fleet's first. */
    int inMinute(int minute, int targets) {
        return Math.min(perMinute, targets - minute * perMinute);
    }

    /** The item of a target in the table {@code Config}, as docs/contracts/tables.md has it. */
    Map<String, AttributeValue> item(int number) {
        var id = targets.apply(number).id();
        var attributes = new HashMap<String, String>();
        attributes.put("pk", "TARGET#" + id);
        attributes.put("sk", "TARGET");
        attributes.put("target", id);
        attributes.put("due", slot(number).key());
        attributes.put("dueKey", id);
        attributes.put("last", Json.write(last));
        attributes.put("lastAt", last.at().toString());
        if (incident) {
            attributes.put("incident", "incident-" + number);
        }
        var item = new HashMap<String, AttributeValue>();
        attributes.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
        return item;
    }
}

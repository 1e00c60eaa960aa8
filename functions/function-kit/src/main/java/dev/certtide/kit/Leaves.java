package dev.certtide.kit;

import dev.certtide.model.Target;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.json.Json;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The leaves that a target has served: one item of the table {@code Results}, written when a check sees another one than
 * the check before, or none.
 */
final class Leaves {
    private static final String LEAVES = "LEAVES";
    private static final String HISTORY = "leaves";

    /** Each try fails only because somebody else's write succeeded. */
    private static final int MOST_TRIES = 20;

    private final Table table;

    Leaves(Table table) {
        this.table = table;
    }

    /**
     * The leaves of a target as they were read.
     *
     * @param item where they are kept, if there are any
     */
    record Seen(Target target, Optional<Item> item) {
        LeafHistory history() {
            return item.map(Leaves::history).orElse(LeafHistory.NONE);
        }
    }

    Seen read(Target target) {
        return new Seen(target, table.get(pk(target), LEAVES));
    }

    LeafHistory of(Target target) {
        return read(target).history();
    }

    /**
     * Adds what was seen and returns what there is then; writes nothing when that was there.
     *
     * @throws IllegalStateException when others write so fast that the message had better come back
     */
    LeafHistory add(Seen seen, UnaryOperator<LeafHistory> sights) {
        var target = seen.target();
        var before = seen;
        for (int i = 0; i < MOST_TRIES; i++) {
            var known = before.history();
            var history = sights.apply(known);
            var item = Item.of(pk(target), LEAVES).with("target", target.id()).with(HISTORY, Json.write(history));
            var unchanged = before.item()
                    .map(old -> Condition.equal(HISTORY, old.get(HISTORY)))
                    .orElse(Condition.absent());
            if (history.equals(known) || table.put(item, unchanged)) {
                return history;
            }
            before = read(target);
        }
        throw new IllegalStateException("The leaves of " + target + " are being written by many at once");
    }

    private static LeafHistory history(Item item) {
        return Json.read(LeafHistory.class, item.get(HISTORY));
    }

    private static String pk(Target target) {
        return "TARGET#" + target.id();
    }
}

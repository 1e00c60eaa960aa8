package dev.certtide.kit;

import dev.certtide.model.Target;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.json.Json;
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

    LeafHistory of(Target target) {
        return table.get(pk(target), LEAVES).map(Leaves::history).orElse(LeafHistory.NONE);
    }

    /**
     * Adds what was seen and returns what there is then; writes nothing when that was there.
     *
     * @throws IllegalStateException when others write so fast that the message had better come back
     */
    LeafHistory add(Target target, UnaryOperator<LeafHistory> sights) {
        for (int i = 0; i < MOST_TRIES; i++) {
            var before = table.get(pk(target), LEAVES);
            var known = before.map(Leaves::history).orElse(LeafHistory.NONE);
            var history = sights.apply(known);
            var item = Item.of(pk(target), LEAVES).with("target", target.id()).with(HISTORY, Json.write(history));
            var unchanged = before.map(old -> Condition.equal(HISTORY, old.get(HISTORY)))
                    .orElse(Condition.absent());
            if (history.equals(known) || table.put(item, unchanged)) {
                return history;
            }
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

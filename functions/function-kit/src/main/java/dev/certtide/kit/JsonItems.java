package dev.certtide.kit;

import dev.certtide.model.json.Json;
import java.util.Optional;

/**
 * Things of one kind that are kept as JSON, each in an item of its own, and replaced or removed by whoever has seen what is
 * there.
 *
 * <p>Whatever is read as the same thing is the same version of it: an item from before a field was added has another text
 * than what was read of it would be written as, and could never be replaced if the texts had to be equal.
 *
 * @param <T> a record
 */
final class JsonItems<T> {
    private final Table table;
    private final Class<T> type;
    private final String attribute;

    /** Those whose JSON stands in that attribute. */
    JsonItems(Table table, Class<T> type, String attribute) {
        this.table = table;
        this.type = type;
        this.attribute = attribute;
    }

    /** What is there, if anything. */
    Optional<T> find(String pk, String sk) {
        return text(pk, sk).map(this::read);
    }

    /**
     * Writes the next one in the place of the one it was made from.
     *
     * @param before what {@link #find} gave
     * @return false when somebody else was faster
     */
    boolean replace(String pk, String sk, T next, Optional<T> before) {
        var item = Item.of(pk, sk).with(attribute, Json.write(next));
        if (table.put(
                item,
                before.map(seen -> Condition.equal(attribute, Json.write(seen))).orElse(Condition.absent()))) {
            return true;
        }
        var there = text(pk, sk);
        // The SDK repeats a write whose answer was lost, and is told that it is too late.
        return there.equals(Optional.of(Json.write(next)))
                || there.filter(text -> isOf(text, before))
                        .filter(text -> table.put(item, Condition.equal(attribute, text)))
                        .isPresent();
    }

    /** Takes away what was seen; what somebody else has put in its place stays. */
    void remove(String pk, String sk, T seen) {
        if (!table.delete(pk, sk, Condition.equal(attribute, Json.write(seen)))) {
            text(pk, sk)
                    .filter(text -> isOf(text, Optional.of(seen)))
                    .ifPresent(text -> table.delete(pk, sk, Condition.equal(attribute, text)));
        }
    }

    private Optional<String> text(String pk, String sk) {
        return table.get(pk, sk).map(item -> item.get(attribute));
    }

    private boolean isOf(String text, Optional<T> seen) {
        return seen.filter(read(text)::equals).isPresent();
    }

    private T read(String text) {
        return Json.read(type, text);
    }
}

package dev.certtide.kit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of a table. Attributes are texts and whole numbers; instants are texts in ISO 8601, which sort by time.
 *
 * @param attributes the attributes, {@code pk} and {@code sk} among them
 */
public record Item(Map<String, AttributeValue> attributes) {
    public Item {
        attributes = Map.copyOf(attributes);
    }

    /** An item that has nothing but its key. */
    public static Item of(String pk, String sk) {
        return new Item(Map.of("pk", text(pk), "sk", text(sk)));
    }

    /** The same item with one more text. */
    public Item with(String name, String value) {
        return with(name, text(value));
    }

    /** The same item with one more whole number. */
    public Item with(String name, long value) {
        return with(name, number(value));
    }

    /** The same item with one more text, if there is one. */
    public Item with(String name, Optional<String> value) {
        return value.map(text -> with(name, text)).orElse(this);
    }

    private Item with(String name, AttributeValue value) {
        var more = new LinkedHashMap<>(attributes);
        more.put(name, value);
        return new Item(more);
    }

    public String pk() {
        return get("pk");
    }

    public String sk() {
        return get("sk");
    }

    /** A text that may be absent. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    /**
     * A text that every such item has.
     *
     * @throws IllegalStateException when this one has not
     */
    public String get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("The item "
                        + find("pk").orElse("?") + " / " + find("sk").orElse("?") + " has no text " + name));
    }

    /** A whole number that may be absent. */
    public Optional<Long> findNumber(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::n).map(Long::valueOf);
    }

    /** An instant that every such item has. */
    public Instant instant(String name) {
        return Instant.parse(get(name));
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}

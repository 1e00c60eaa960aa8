package dev.certtide.kit;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What must hold for a write to be made. Conditions decide races; what was read before is compared when it is written.
 *
 * @param expression a DynamoDB condition expression
 * @param names its name placeholders
 * @param values its value placeholders
 */
public record Condition(String expression, Map<String, String> names, Map<String, AttributeValue> values) {
    /** No such item yet. */
    public static Condition absent() {
        return new Condition("attribute_not_exists(pk)", Map.of(), Map.of());
    }

    /** The item is there. */
    public static Condition present() {
        return new Condition("attribute_exists(pk)", Map.of(), Map.of());
    }

    /** No such item yet, or one whose text is not greater: with instants, not newer. */
    public static Condition absentOrAtMost(String name, String value) {
        return absentOrAtMost(name, Item.text(value));
    }

    /** No such item yet, or one whose number is not greater. */
    public static Condition absentOrAtMost(String name, long value) {
        return absentOrAtMost(name, Item.number(value));
    }

    /** No such item yet, or one whose text is greater: with instants, newer. */
    public static Condition absentOrMore(String name, String value) {
        return new Condition(
                "attribute_not_exists(pk) OR #condition > :condition",
                Map.of("#condition", name),
                Map.of(":condition", Item.text(value)));
    }

    private static Condition absentOrAtMost(String name, AttributeValue value) {
        return new Condition(
                "attribute_not_exists(pk) OR #condition <= :condition",
                Map.of("#condition", name),
                Map.of(":condition", value));
    }

    /** The item is there, and lacks that text or has one that is not greater: with instants, not newer. */
    public static Condition presentAndAtMost(String name, String value) {
        return new Condition(
                "attribute_exists(pk) AND (attribute_not_exists(#condition) OR #condition <= :condition)",
                Map.of("#condition", name),
                Map.of(":condition", Item.text(value)));
    }

    /** The item is there, and has that attribute. */
    public static Condition presentWith(String name) {
        return new Condition("attribute_exists(#condition)", Map.of("#condition", name), Map.of());
    }

    /** The item is there, and lacks that attribute. */
    public static Condition presentWithout(String name) {
        return new Condition(
                "attribute_exists(pk) AND attribute_not_exists(#condition)", Map.of("#condition", name), Map.of());
    }

    /** The item is there and has that text. */
    public static Condition equal(String name, String value) {
        return new Condition(
                "#condition = :condition", Map.of("#condition", name), Map.of(":condition", Item.text(value)));
    }

    /** The item is there and lacks that text: it has another, or none. */
    public static Condition presentAndNot(String name, String value) {
        return new Condition(
                "attribute_exists(pk) AND (attribute_not_exists(#condition) OR #condition <> :condition)",
                Map.of("#condition", name),
                Map.of(":condition", Item.text(value)));
    }

    /** No such item yet, or one that lacks that text: it has another, or none. */
    public static Condition absentOrNot(String name, String value) {
        return new Condition(
                "attribute_not_exists(#condition) OR #condition <> :condition",
                Map.of("#condition", name),
                Map.of(":condition", Item.text(value)));
    }

    /** The item is there and has that number. */
    public static Condition equal(String name, long value) {
        return compared(name, "=", "is", value);
    }

    /** The item is there and its number is not greater. */
    public static Condition atMost(String name, long value) {
        return compared(name, "<=", "most", value);
    }

    /** The item is there and its number is not less. */
    public static Condition atLeast(String name, long value) {
        return compared(name, ">=", "least", value);
    }

    /** Both hold; of comparisons with numbers only, whose placeholders are their own. */
    public Condition and(Condition other) {
        var bothNames = new HashMap<>(names);
        bothNames.putAll(other.names);
        var bothValues = new HashMap<>(values);
        bothValues.putAll(other.values);
        return new Condition("(" + expression + ") AND (" + other.expression + ")", bothNames, bothValues);
    }

    private static Condition compared(String name, String operator, String placeholder, long value) {
        return new Condition(
                "#" + name + " " + operator + " :" + placeholder + "_" + name,
                Map.of("#" + name, name),
                Map.of(":" + placeholder + "_" + name, Item.number(value)));
    }
}

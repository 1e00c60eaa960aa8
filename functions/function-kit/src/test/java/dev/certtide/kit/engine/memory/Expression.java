package dev.certtide.kit.engine.memory;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** DynamoDB's expressions, taken apart (Developer Guide, "Condition and filter expressions", "Update expressions"). */
sealed interface Expression {
    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    record Not(Expression negated) implements Expression {}

    /** @param operator one of {@code = <> < <= > >=} */
    record Compared(Operand left, String operator, Operand right) implements Expression {}

    record Between(Operand operand, Operand low, Operand high) implements Expression {}

    record BeginsWith(Operand operand, Operand prefix) implements Expression {}

    record Exists(Operand.Attribute attribute) implements Expression {}

    /** What is compared. */
    sealed interface Operand {
        /** @param name as it is written: {@code #name} or the name itself */
        record Attribute(String name) implements Operand {}

        record Value(String placeholder) implements Operand {}
    }

    /** @param placeholders all that it names */
    record Parsed<T>(T expression, Set<String> placeholders) {}

    /** What an update changes. */
    record Changes(List<Assignment> sets, List<Operand.Attribute> removes, List<Addition> additions) {}

    /** {@code SET attribute = first}, and maybe {@code + second} or {@code - second}. */
    record Assignment(Operand.Attribute attribute, Term first, String sign, Optional<Term> second) {}

    /**
     * A part of what is assigned.
     *
     * @param unless {@code if_not_exists(unless, operand)}
     */
    record Term(Optional<Operand.Attribute> unless, Operand operand) {}

    record Addition(Operand.Attribute attribute, Operand.Value amount) {}
}

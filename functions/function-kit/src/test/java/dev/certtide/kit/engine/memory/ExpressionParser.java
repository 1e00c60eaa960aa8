package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.Expression.Addition;
import dev.certtide.kit.engine.memory.Expression.Assignment;
import dev.certtide.kit.engine.memory.Expression.Changes;
import dev.certtide.kit.engine.memory.Expression.Operand;
import dev.certtide.kit.engine.memory.Expression.Parsed;
import dev.certtide.kit.engine.memory.Expression.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Reads expressions by recursive descent; each text once, since functions send few texts often. */
final class ExpressionParser {
    private static final Map<String, Parsed<Expression>> CONDITIONS = new ConcurrentHashMap<>();
    private static final Map<String, Parsed<Changes>> UPDATES = new ConcurrentHashMap<>();
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");

    private final Tokens tokens;

    private ExpressionParser(String text) {
        this.tokens = new Tokens(text);
    }

    /** Of a condition, a filter or a key condition. */
    static Parsed<Expression> condition(String text) {
        return CONDITIONS.computeIfAbsent(text, _ -> {
            var parser = new ExpressionParser(text);
            return parser.all(parser::either);
        });
    }

    static Parsed<Changes> update(String text) {
        return UPDATES.computeIfAbsent(text, _ -> {
            var parser = new ExpressionParser(text);
            return parser.all(parser::changes);
        });
    }

    private <T> Parsed<T> all(Supplier<T> rule) {
        var expression = rule.get();
        if (!tokens.isAtEnd()) {
            throw tokens.wrong();
        }
        return new Parsed<>(expression, tokens.placeholders());
    }

    private Expression either() {
        var left = both();
        while (tokens.took("OR")) {
            left = new Expression.Or(left, both());
        }
        return left;
    }

    private Expression both() {
        var left = negated();
        while (tokens.took("AND")) {
            left = new Expression.And(left, negated());
        }
        return left;
    }

    private Expression negated() {
        return tokens.took("NOT") ? new Expression.Not(negated()) : single();
    }

    private Expression single() {
        if (tokens.took("(")) {
            var inner = either();
            tokens.take(")");
            return inner;
        }
        if (tokens.tookCall("attribute_exists")) {
            return closed(new Expression.Exists(tokens.attribute()));
        }
        if (tokens.tookCall("attribute_not_exists")) {
            return closed(new Expression.Not(new Expression.Exists(tokens.attribute())));
        }
        if (tokens.tookCall("begins_with")) {
            var operand = tokens.operand();
            tokens.take(",");
            return closed(new Expression.BeginsWith(operand, tokens.operand()));
        }
        return comparison();
    }

    private Expression closed(Expression call) {
        tokens.take(")");
        return call;
    }

    private Expression comparison() {
        var left = tokens.operand();
        if (tokens.took("BETWEEN")) {
            var low = tokens.operand();
            tokens.take("AND");
            return new Expression.Between(left, low, tokens.operand());
        }
        var operator = tokens.take();
        if (!COMPARISONS.contains(operator)) {
            throw tokens.wrong();
        }
        return new Expression.Compared(left, operator, tokens.operand());
    }

    private Changes changes() {
        var sets = new ArrayList<Assignment>();
        var removes = new ArrayList<Operand.Attribute>();
        var additions = new ArrayList<Addition>();
        while (!tokens.isAtEnd()) {
            // Each clause may come once.
            if (sets.isEmpty() && tokens.took("SET")) {
                list(sets, this::assignment);
            } else if (removes.isEmpty() && tokens.took("REMOVE")) {
                list(removes, tokens::attribute);
            } else if (additions.isEmpty() && tokens.took("ADD")) {
                list(additions, () -> new Addition(tokens.attribute(), tokens.value()));
            } else {
                throw tokens.wrong();
            }
        }
        return new Changes(List.copyOf(sets), List.copyOf(removes), List.copyOf(additions));
    }

    private <T> void list(List<T> list, Supplier<T> element) {
        do {
            list.add(element.get());
        } while (tokens.took(","));
    }

    private Assignment assignment() {
        var attribute = tokens.attribute();
        tokens.take("=");
        var first = term();
        var sign = tokens.took("+") ? "+" : tokens.took("-") ? "-" : "";
        return new Assignment(attribute, first, sign, sign.isEmpty() ? Optional.empty() : Optional.of(term()));
    }

    private Term term() {
        if (!tokens.tookCall("if_not_exists")) {
            return new Term(Optional.empty(), tokens.operand());
        }
        var unless = tokens.attribute();
        tokens.take(",");
        var term = new Term(Optional.of(unless), tokens.operand());
        tokens.take(")");
        return term;
    }
}

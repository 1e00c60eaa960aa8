package dev.certtide.kit.engine.memory;

import dev.certtide.kit.engine.memory.Expression.Operand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** An expression, word by word. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("\\s*([#:]?[A-Za-z0-9_]+|<=|>=|<>|[=<>(),+-])");

    /** Without a placeholder, any other name might be one of DynamoDB's 573 reserved words and refused there. */
    private static final Set<String> BARE_NAMES = Set.of("pk", "sk");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private final Set<String> placeholders = new HashSet<>();
    private int next;

    Tokens(String text) {
        this.text = text;
        var rest = text.stripTrailing();
        if (rest.isEmpty()) {
            throw Refusals.invalid("The expression can not be empty");
        }
        var matcher = TOKEN.matcher(rest);
        int end = 0;
        while (end < rest.length()) {
            if (!matcher.region(end, rest.length()).lookingAt()) {
                throw wrong();
            }
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
    }

    /** The placeholders that were taken so far. */
    Set<String> placeholders() {
        return Set.copyOf(placeholders);
    }

    boolean isAtEnd() {
        return next == tokens.size();
    }

    /** Takes a keyword or sign if it comes next; keywords are the same in small letters. */
    boolean took(String word) {
        boolean isNext = !isAtEnd() && tokens.get(next).equalsIgnoreCase(word);
        if (isNext) {
            next++;
        }
        return isNext;
    }

    /** Whether a function comes next: its name is not one if it is not called. */
    boolean tookCall(String function) {
        boolean isNext = next + 1 < tokens.size()
                && tokens.get(next).equals(function)
                && tokens.get(next + 1).equals("(");
        if (isNext) {
            next += 2;
        }
        return isNext;
    }

    void take(String word) {
        if (!took(word)) {
            throw wrong();
        }
    }

    String take() {
        if (isAtEnd()) {
            throw wrong();
        }
        return tokens.get(next++);
    }

    Operand operand() {
        var token = take();
        if (token.startsWith(":")) {
            placeholders.add(token);
            return new Operand.Value(token);
        }
        if (token.startsWith("#")) {
            placeholders.add(token);
        } else if (!Character.isLetter(token.charAt(0))) {
            throw wrong();
        } else if (!BARE_NAMES.contains(token)) {
            throw new UnsupportedOperationException("\"" + token + "\" in \"" + text + "\" needs a placeholder");
        }
        return new Operand.Attribute(token);
    }

    Operand.Attribute attribute() {
        return switch (operand()) {
            case Operand.Attribute attribute -> attribute;
            case Operand.Value _ -> throw wrong();
        };
    }

    Operand.Value value() {
        return switch (operand()) {
            case Operand.Attribute _ -> throw wrong();
            case Operand.Value value -> value;
        };
    }

    RuntimeException wrong() {
        return Refusals.invalid("Syntax error in \"" + text + "\" near word " + next);
    }
}

package dev.certtide.notifier;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.certtide.model.InvalidInputException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A text with gaps: <a href="https://mustache.github.io/mustache.5.html">Mustache</a>, which has no code in it, over a
 * closed set of variables.
 *
 * <p>It sees texts and lists of texts, and no object, so it can reach nothing else; it includes no other template; lists
 * do not stand in lists, and what it grows to is bounded. What it makes is plain text, whatever it writes: HTML is made
 * from that, escaped.
 *
 * @param subject one line, at most 300 characters
 * @param body at most 10,000 characters
 */
public record TextTemplate(String subject, String body) {
    /** What stands for one text. */
    static final Set<String> TEXTS = Set.of(
            "alert",
            "severity",
            "kind",
            "host",
            "target",
            "owner",
            "channel",
            "incident",
            "problem",
            "act",
            "deadline",
            "since",
            "at",
            "others",
            "certificate",
            "issuer",
            "validUntil",
            "acknowledge",
            "note",
            "more");

    /** What stands for several, and what is in each. */
    static final Map<String, Set<String>> LISTS = Map.of(
            "findings", Set.of("detail", "where", "code"),
            "lines", Set.of("lineHost", "lineProblem", "lineSeverity", "lineSince"));

    private static final int LONGEST_SUBJECT = 300;
    private static final int LONGEST_BODY = 10_000;
    /** What stands in braces; no part of the pattern may take what another could, or a text of blanks costs minutes. */
    private static final Pattern TAG = Pattern.compile("\\{\\{(\\{?[^{}]*+)}}");

    private static final String SIGNS = "#^/&!{";

    // What is not there says nothing: a template whose every word is known must not fail when somebody is to be told.
    private static final Mustache.Compiler MUSTACHE = Mustache.compiler()
            .escapeHTML(false)
            .emptyStringIsFalse(true)
            .defaultValue("")
            .withCollector(new TextsOnly());

    /**
     * A template that will work.
     *
     * @throws InvalidInputException when it will not: {@code subject} or {@code body}, what is wrong with it, and, of a
     *     variable that is not known, which are
     */
    public TextTemplate {
        check("subject", subject, LONGEST_SUBJECT);
        if (subject.lines().count() > 1) {
            throw new InvalidInputException("subject", "must be one line");
        }
        check("body", body, LONGEST_BODY);
    }

    /**
     * The text about {@code facts}.
     *
     * @throws MustacheException when it would be longer than anybody reads
     */
    MessageText fill(Facts facts) {
        var variables = facts.variables();
        var line = fill(subject, variables).replaceAll("\\s+", " ").strip();
        return new MessageText(line, fill(body, variables));
    }

    private static String fill(String template, Map<String, Object> variables) {
        var text = new BoundedWriter();
        MUSTACHE.compile(template).execute(variables, text);
        return text.toString();
    }

    private static void check(String field, String text, int longest) {
        if (text == null || text.isBlank()) {
            throw new InvalidInputException(field, "is missing");
        }
        if (text.length() > longest) {
            throw new InvalidInputException(
                    field, "has " + text.length() + " characters; at most " + longest + " are allowed");
        }
        if (text.contains("{{=")) {
            throw new InvalidInputException(field, "changes the delimiters, which is not allowed");
        }
        if (text.lastIndexOf("{{") > text.lastIndexOf("}}")) {
            throw new InvalidInputException(field, "has a {{ without its }}");
        }
        compiled(field, text).visit(new KnownNames(field));
        checkNesting(field, text);
    }

    private static Template compiled(String field, String text) {
        try {
            return MUSTACHE.compile(text);
        } catch (MustacheException invalid) {
            throw new InvalidInputException(field, "is no Mustache template: " + invalid.getMessage());
        } catch (IndexOutOfBoundsException nameless) {
            // JMustache 1.16 looks at the first character of a name that has none.
            throw new InvalidInputException(field, "has a {{}} without a name");
        }
    }

    /** A list in a list grows beyond bounds without a word being written; and what is in a list is nowhere else. */
    private static void checkNesting(String field, String text) {
        var open = new ArrayDeque<String>();
        var tags = TAG.matcher(text);
        while (tags.find()) {
            var tag = tags.group(1).strip();
            var sign = !tag.isEmpty() && SIGNS.indexOf(tag.charAt(0)) >= 0 ? tag.substring(0, 1) : "";
            var name = tag.substring(sign.length()).strip();
            switch (sign) {
                case "/" -> open.poll();
                case "#", "^" -> {
                    if (LISTS.containsKey(name) && open.stream().anyMatch(TextTemplate::isList)) {
                        throw new InvalidInputException(field, "has the list " + name + " inside of a list");
                    }
                    open.push(sign + name);
                }
                case "!" -> {}
                default -> checkPlace(field, name, open);
            }
        }
    }

    private static void checkPlace(String field, String name, Collection<String> open) {
        LISTS.entrySet().stream()
                .filter(list -> list.getValue().contains(name) && !open.contains("#" + list.getKey()))
                .findFirst()
                .ifPresent(list -> {
                    throw new InvalidInputException(
                            field, "has {{" + name + "}} outside of {{#" + list.getKey() + "}}, where it says nothing");
                });
    }

    /** Of what stands open: {@code #findings}. */
    private static boolean isList(String section) {
        return LISTS.containsKey(section.substring(1));
    }

    /** Refuses what is not known, so that a mistake is told when the template is stored and not at night. */
    private record KnownNames(String field) implements Mustache.Visitor {
        @Override
        public void visitText(String text) {
            // Text is text.
        }

        @Override
        public void visitVariable(String name) {
            var known = TEXTS.contains(name) || LISTS.values().stream().anyMatch(names -> names.contains(name));
            if (!known) {
                var names = new TreeSet<>(TEXTS);
                LISTS.forEach(
                        (list, inside) -> names.add(list + " (with " + String.join(", ", new TreeSet<>(inside)) + ")"));
                throw new InvalidInputException(
                        field, "{{" + name + "}} is not known; use " + String.join(", ", names));
            }
        }

        @Override
        public boolean visitInclude(String name) {
            throw new InvalidInputException(field, "includes another template, which is not allowed");
        }

        @Override
        public boolean visitParent(String name) {
            return visitInclude(name);
        }

        @Override
        public boolean visitBlock(String name) {
            return visitInclude(name);
        }

        @Override
        public boolean visitSection(String name) {
            if (!LISTS.containsKey(name)) {
                visitVariable(name);
            }
            return true;
        }

        @Override
        public boolean visitInvertedSection(String name) {
            return visitSection(name);
        }
    }

    /** Looks into maps and lists and nothing else: there is no way to a method or a field. */
    private static final class TextsOnly implements Mustache.Collector {
        @Override
        public java.util.Iterator<?> toIterator(Object value) {
            return value instanceof List<?> list ? list.iterator() : null;
        }

        @Override
        public Mustache.VariableFetcher createFetcher(Object context, String name) {
            return context instanceof Map<?, ?> map && map.containsKey(name)
                    ? (from, key) -> ((Map<?, ?>) from).get(key)
                    : null;
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new java.util.concurrent.ConcurrentHashMap<>();
        }
    }

    /** Takes no more than anybody reads. */
    private static final class BoundedWriter extends java.io.StringWriter {
        private static final int MOST = 50_000;

        @Override
        public void write(String text) {
            bound(text.length());
            super.write(text);
        }

        @Override
        public void write(char[] text, int from, int length) {
            bound(length);
            super.write(text, from, length);
        }

        private void bound(int more) {
            if (getBuffer().length() + more > MOST) {
                throw new MustacheException("The text is longer than " + MOST + " characters");
            }
        }
    }
}

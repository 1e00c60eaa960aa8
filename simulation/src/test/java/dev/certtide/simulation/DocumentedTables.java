package dev.certtide.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of {@code docs/contracts/tables.md}.
 *
 * @param rows in their order
 */
record DocumentedTables(List<Row> rows) {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern WITHOUT = Pattern.compile("without (`[^`]+`)( and (`[^`]+`))?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    /**
     * One kind of items.
     *
     * @param table for example {@code Config}
     * @param pk the partition keys, for example {@code TARGET#<target id>}
     * @param sk likewise the sort key
     * @param words all names that its description has: of attributes, and of what is in them
     */
    record Row(String table, List<String> pk, String sk, Set<String> words) {
        boolean isOf(String ofTable, String ofPk, String ofSk) {
            return table.equals(ofTable)
                    && matches(sk, ofSk)
                    && pk.stream().anyMatch(pattern -> matches(pattern, ofPk));
        }

        /** What stands in angle brackets is anything. */
        private static boolean matches(String pattern, String key) {
            var literals = Arrays.stream(pattern.split("<[^>]+>", -1)).map(Pattern::quote);
            return key.matches("(?s)" + literals.collect(Collectors.joining(".+")));
        }

        private int literals() {
            return (pk.getFirst() + sk).replaceAll("<[^>]+>", "").length();
        }

        @Override
        public String toString() {
            return table + ": " + pk.getFirst() + " / " + sk;
        }
    }

    static DocumentedTables read() {
        var file = Path.of(System.getProperty("certtide.home"), "docs", "contracts", "tables.md");
        try {
            return of(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DocumentedTables of(List<String> lines) {
        var rows = new ArrayList<Row>();
        var table = "";
        List<String> pk = List.of();
        for (var line : lines) {
            if (line.startsWith("## ")) {
                table = line.substring(3);
            }
            if (line.startsWith("|") && !quoted(line).isEmpty()) {
                var cells = line.substring(1).split("\\|", 3);
                // A row without a partition key belongs to the one above.
                pk = quoted(cells[0]).isEmpty() ? pk : quoted(cells[0]);
                var sk = quoted(cells[1]).getFirst();
                rows.add(new Row(table, pk, sk, words(cells[2].strip(), table, sk, rows)));
            }
        }
        return new DocumentedTables(rows);
    }

    private static Set<String> words(String text, String table, String sk, List<Row> before) {
        var words = names(text).collect(Collectors.toCollection(HashSet::new));
        if (text.startsWith("the same")) {
            words.addAll(meant(table, sk, before).words());
        }
        if (text.contains("as in `Dedup`")) {
            words.addAll(meant("Dedup", sk, before).words());
        }
        WITHOUT.matcher(text).results().flatMap(found -> names(found.group())).forEach(words::remove);
        return words;
    }

    /** "The same" is that of the row above which has the same sort key; if there is none, of the row above. */
    private static Row meant(String table, String sk, List<Row> before) {
        var others = before.stream().filter(row -> row.table().equals(table)).toList();
        return others.reversed().stream()
                .filter(row -> row.sk().equals(sk))
                .findFirst()
                .orElseGet(others::getLast);
    }

    private static Stream<String> names(String text) {
        return quoted(text).stream().filter(word -> NAME.matcher(word).matches());
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** The row that describes an item: of several, the one that says more of its key. */
    Optional<Row> find(String table, String pk, String sk) {
        return rows.stream().filter(row -> row.isOf(table, pk, sk)).max(Comparator.comparing(Row::literals));
    }

    Stream<Row> of(String table) {
        return rows.stream().filter(row -> row.table().equals(table));
    }
}

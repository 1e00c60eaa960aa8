package dev.certtide.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifier;
import dev.certtide.model.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of URLs as CSV (RFC 4180), whose first line names the columns. Cells are separated by commas, semicolons or tabs,
 * whichever the first line has most of.
 *
 * <p>A row is a line: no cell holds a line break, so that a quote that is never closed spoils its own line only.
 */
final class UrlSheet {
    private static final char QUOTE = '"';
    private static final char REPLACEMENT = '\uFFFD';

    private static final FieldModifier STRIPPING = new FieldModifier() {
        @Override
        public String modify(long line, int place, boolean isQuoted, String cell) {
            return isQuoted ? cell : cell.strip();
        }
    };

    private final NumberedLines lines;
    private final String name;
    private final char separator;
    private final List<Optional<Column>> columns;
    private final List<String> unknownColumns;

    /** The columns that mean something. */
    enum Column {
        URL,
        /** PEM in one line, or the name of what was sent before. */
        PRIVATE_ROOTS,
        OWNER,
        EXTERNAL_ID,
        TAGS,
        /** Mail addresses to tell. */
        EMAIL,
        /** Webhooks to tell. */
        WEBHOOK,
        /** Other channels to tell, such as {@code slack:ops}. */
        CHANNELS,
        /** JSON. */
        POLICY,
        PAUSED,
        /** Who signed up, for the table {@code Marketing}; whom to tell is another matter. */
        CUSTOMER_EMAIL,
        NAME,
        LOCALE,
        PLAN;

        /** Whether white space within quotes belongs to it: it is somebody else's key. */
        private boolean isKey() {
            return this == OWNER || this == EXTERNAL_ID;
        }

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Optional<Column> of(String title) {
            var plain = title.strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
            return Arrays.stream(values())
                    .filter(column -> column.title().replace("_", "").equals(plain))
                    .findFirst();
        }
    }

    /** A line below the first. */
    sealed interface Row {
        /** The line's number. */
        long line();

        /**
         * A line with cells.
         *
         * @param cells those that are not blank, without white space around them, unless it is quoted in a key
         */
        record Cells(long line, Map<Column, String> cells) implements Row {}

        /** A line without any. */
        record Blank(long line) implements Row {}

        /**
         * A line that can't be read.
         *
         * @param problem what is wrong and what to do
         */
        record Broken(long line, String problem) implements Row {}
    }

    /**
     * Reads the first line.
     *
     * @param name of the file, for complaints
     * @throws InvalidInputException if it does not name the column {@code url}, or one twice
     */
    UrlSheet(NumberedLines lines, String name) throws IOException {
        this.lines = lines;
        this.name = name;
        var header = lines.next().map(NumberedLines.Line::text).orElse("");
        this.separator = separator(header);
        var titles = titles(header);
        this.columns = titles.stream().map(Column::of).toList();
        this.unknownColumns = titles.stream()
                .filter(title -> !title.isBlank() && Column.of(title).isEmpty())
                .toList();
        var known = columns.stream().flatMap(Optional::stream).toList();
        if (!known.contains(Column.URL)) {
            throw new InvalidInputException(
                    name + ":1",
                    "names no column url; the first line must name the columns, of which these are known: "
                            + titles(Arrays.stream(Column.values())));
        }
        if (known.stream().distinct().count() < known.size()) {
            throw new InvalidInputException(name + ":1", "names a column twice; keep one of them");
        }
    }

    /** Titles that mean nothing here; their cells are passed over. */
    List<String> unknownColumns() {
        return unknownColumns;
    }

    /** The next row, if there is one. */
    Optional<Row> next() throws IOException {
        return lines.next().map(this::row);
    }

    private Row row(NumberedLines.Line line) {
        if (line.isCut()) {
            return new Row.Broken(line.number(), "is longer than " + NumberedLines.LONGEST + " characters");
        }
        if (line.text().indexOf(REPLACEMENT) >= 0) {
            return new Row.Broken(line.number(), "is not UTF-8; save the file as \"CSV UTF-8\"");
        }
        if (line.text().chars().filter(c -> c == QUOTE).count() % 2 != 0) {
            return new Row.Broken(
                    line.number(),
                    "has a quote that is not closed; double the quotes within a cell, and put no line "
                            + "break in it");
        }
        try {
            return row(line.number(), cells(line.text()));
        } catch (CsvParseException malformed) {
            return new Row.Broken(line.number(), problem(malformed));
        }
    }

    private Row row(long number, List<String> cells) {
        if (cells.stream().allMatch(String::isBlank)) {
            return new Row.Blank(number);
        }
        if (cells.size() > columns.size()) {
            return new Row.Broken(
                    number,
                    "has " + cells.size() + " cells and the first line has " + columns.size()
                            + "; put cells that hold a separator in quotes");
        }
        var known = new EnumMap<Column, String>(Column.class);
        for (int i = 0; i < cells.size(); i++) {
            var text = cells.get(i);
            if (!text.isBlank()) {
                columns.get(i).ifPresent(column -> known.put(column, column.isKey() ? text : text.strip()));
            }
        }
        return new Row.Cells(number, known);
    }

    /** Where a line stands, for example {@code urls.csv:17}. */
    String where(long line) {
        return name + ":" + line;
    }

    private List<String> titles(String header) {
        try {
            return cells(header);
        } catch (CsvParseException malformed) {
            throw new InvalidInputException(name + ":1", problem(malformed));
        }
    }

    /** The parser says which record it was, and it is always the first of one; the cause says what is wrong with it. */
    private static String problem(CsvParseException malformed) {
        var cause = malformed.getCause() == null ? malformed : malformed.getCause();
        return "is no CSV: " + cause.getMessage();
    }

    private List<String> cells(String line) {
        if (line.isBlank()) {
            return List.of();
        }
        return new ArrayList<>(CsvReader.builder()
                .fieldSeparator(separator)
                .trimWhitespacesAroundQuotes(true)
                .ofSingleCsvRecord(
                        CsvRecordHandler.builder().fieldModifier(STRIPPING).build(), line)
                .getFields());
    }

    private static char separator(String header) {
        return Stream.of(',', ';', '\t')
                .max(Comparator.comparingLong(
                        c -> header.chars().filter(it -> it == c).count()))
                .filter(c -> header.indexOf(c) >= 0)
                .orElse(',');
    }

    private static String titles(Stream<Column> columns) {
        return columns.map(Column::title).collect(Collectors.joining(", "));
    }
}

package dev.certtide.cli;

import dev.certtide.model.Finding;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns of text. */
final class Tables {
    private Tables() {}

    static void print(PrintWriter out, List<String> headings, List<List<String>> rows) {
        var lines = new ArrayList<>(List.of(headings));
        lines.addAll(rows);
        var widths = IntStream.range(0, headings.size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (var line : lines) {
            out.println(IntStream.range(0, headings.size())
                    .mapToObj(column -> pad(line.get(column), widths[column]))
                    .collect(Collectors.joining("  "))
                    .stripTrailing());
        }
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** The codes of findings, or a dash. */
    static String codes(List<Finding> findings) {
        return findings.isEmpty()
                ? "-"
                : findings.stream().map(finding -> finding.code().code()).collect(Collectors.joining(", "));
    }
}

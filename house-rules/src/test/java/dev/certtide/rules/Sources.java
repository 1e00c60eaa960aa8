package dev.certtide.rules;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The project's Java sources, and how they are formatted. */
final class Sources {
    static final Path ROOT =
            Path.of(System.getProperty("certtide.home")).toAbsolutePath().normalize();

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    private Sources() {}

    static List<Path> all() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/node_modules/"))
                    .sorted()
                    .toList();
        }
    }

    static String format(String source) throws FormatterException {
        var withoutUnused = RemoveUnusedImports.removeUnusedImports(source);
        var ordered = ImportOrderer.reorderImports(withoutUnused, JavaFormatterOptions.Style.PALANTIR);
        return FORMATTER.formatSource(ordered);
    }

    /** Formats everything in place. */
    public static void main(String... arguments) throws IOException, FormatterException {
        for (var source : all()) {
            var text = Files.readString(source);
            var formatted = format(text);
            if (!formatted.equals(text)) {
                Files.writeString(source, formatted);
                System.out.println("formatted " + ROOT.relativize(source));
            }
        }
    }
}

package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.FindingCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/findings.md}, the codes, and what the probe tells together. */
class FindingsPageTest {
    private static final Path HOME = Path.of(System.getProperty("certtide.home", ".."));
    private static final Pattern CODE = Pattern.compile("FindingCode\\.([A-Z][A-Z_]+)\\b");

    @Test
    void everyCodeThatIsToldHasASectionAndEveryOtherIsPlanned() throws IOException {
        Set<String> told = toldBySources();
        Set<String> planned = Arrays.stream(FindingCode.values())
                .map(FindingCode::code)
                .filter(code -> !told.contains(code))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(told, found(page(), "(?m)^### `([a-z-]+)`$"));
        assertEquals(planned, found(page().substring(page().indexOf("## Planned")), "`([a-z-]+)`"));
    }

    @Test
    void everySectionSaysWhatItMeansWhyItMattersAndWhatToDo() throws IOException {
        String sections = page().substring(page().indexOf("\n### "), page().indexOf("\n## Planned"));
        for (String section : List.of(sections.split("\n### ")).stream().skip(1).toList()) {
            for (String part : List.of("\n**Means** ", "\n**Matters** ", "\n**Do** ")) {
                assertTrue(section.contains(part), () -> part.strip() + " is missing in:\n" + section);
            }
        }
    }

    private static Set<String> toldBySources() throws IOException {
        try (var files = Files.walk(HOME.resolve("tls-probe/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> CODE.matcher(read(file)).results())
                    .map(match -> FindingCode.valueOf(match.group(1)).code())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String page() throws IOException {
        return Files.readString(HOME.resolve("docs/findings.md"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}

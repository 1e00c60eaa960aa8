package dev.certtide.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/farm.md} and the kinds together. */
class FarmPageTest {
    private static final Path DOCS = Path.of(System.getProperty("certtide.home", ".."), "docs");

    @Test
    void thePageListsEveryKindWithWhatAMonitorShouldFind() throws IOException {
        assertEquals(
                Arrays.stream(HostKind.values()).map(FarmPageTest::row).collect(Collectors.joining("\n")),
                Files.readAllLines(DOCS.resolve("farm.md")).stream()
                        .filter(line -> line.startsWith("| `"))
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void everyExpectedCodeIsExplained() throws IOException {
        var findings = Files.readString(DOCS.resolve("findings.md"));

        for (var kind : HostKind.values()) {
            kind.expectedCodes().forEach(code -> assertTrue(findings.contains("\n### `" + code + "`\n"), kind::label));
        }
    }

    private static String row(HostKind kind) {
        var codes = kind.expectedCodes().stream().map(code -> "`" + code + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(kind.label(), kind.what(), kind.expectedStatus(), codes.isEmpty() ? "-" : codes);
    }
}

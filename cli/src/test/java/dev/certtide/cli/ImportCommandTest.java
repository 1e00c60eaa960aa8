package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @Test
    void theHelpNamesTheColumns() {
        var help = Run.of("import", "--help").out();
        for (var column : UrlSheet.Column.values()) {
            assertTrue(help.matches("(?s).*\\b" + column.title() + "\\b.*"), column.title());
        }
    }

    @Test
    void aDryRunNeedsNoCloud(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("urls.csv"), "url,colour\na.example,red\nhttp://b.example,\n");
        var run = Run.of("import", "--dry-run", file.toString());
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertEquals("1 line can be published; 1 could not be used\n", run.out());
        assertTrue(run.err().contains(file + ":3: url: "), run.err());
        assertTrue(run.err().contains("the column \"colour\" is not known"), run.err());
        assertEquals(List.of(file), Files.list(folder).toList());
        assertEquals(
                ExitCode.USAGE,
                Run.of("import", folder.resolve("none.csv").toString(), "--dry-run")
                        .exitCode());
    }
}

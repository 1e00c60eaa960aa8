package dev.certtide.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Watches by the dozen, from a file into the deployed stack and out again. */
class BulkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ROWS = 100;

    @TempDir
    static Path folder;

    @RegisterExtension
    private static final DeployedStack STACK = new DeployedStack(Map.of("CERTTIDE_CHECK_TIMEOUT", "2"));

    @Test
    void aFileIsImportedListedPausedRemovedExportedAndImportedAgain() throws IOException {
        var rows = IntStream.range(0, ROWS)
                .mapToObj(i -> "192.0.2.%d:%d,bulk%d,site-%d,a;b".formatted(i % 20, 443 + 550 * (i % 2), i % 3, i))
                .distinct()
                .toList();
        var file = Files.write(
                folder.resolve("urls.csv"),
                Stream.concat(Stream.of("url,owner,external_id,tags", "http://bad.example,,,"), rows.stream())
                        .toList());

        var imported = STACK.run("import", file.toString());
        assertEquals(ROWS + " lines published; 1 could not be used\n", imported.out(), imported.err());
        assertEquals(ExitCode.USAGE, imported.exitCode());
        assertTrue(imported.err().contains("urls.csv:2: url: "), imported.err());
        assertTrue(Files.notExists(ImportProgress.besides(file)), "nothing is left to go on with");
        await("watches").atMost(PATIENCE).until(() -> watched().size() == distinct(rows));

        STACK.run("watch", "pause", "https://192.0.2.1:993", "--owner", "bulk1");
        STACK.run("watch", "rm", "https://192.0.2.4", "--owner", "bulk0");
        await("a pause and a removal")
                .atMost(PATIENCE)
                .until(() -> watched().size() == distinct(rows) - 1
                        && STACK.run("watch", "ls", "--owner", "bulk1").out().contains("paused"));

        var exported = exported();
        assertEquals(distinct(rows), exported.lines().count());
        assertEquals(1, exported.lines().filter(line -> line.endsWith(",true")).count(), exported);
        var again = Files.writeString(folder.resolve("again.csv"), exported);
        assertEquals(ExitCode.OK, STACK.run("import", again.toString()).exitCode());
        STACK.run("watch", "resume", "https://192.0.2.1:993", "--owner", "bulk1");
        await("the resumption")
                .atMost(PATIENCE)
                .until(() -> !STACK.run("watch", "ls", "--owner", "bulk1").out().contains("paused"));
        assertEquals(sorted(exported.replace(",true\n", ",\n")), sorted(exported()));
    }

    @Test
    void aPipeIsImportedAlthoughItCanBeReadOnlyOnce() throws Exception {
        var pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        var writer = new ProcessBuilder("sh", "-c", "printf 'url\\n192.0.2.9\\n' > \"$0\"", pipe.toString()).start();

        assertEquals(
                "1 line published\n",
                STACK.run("import", pipe.toString(), "--owner", "piped").out());
        assertEquals(0, writer.waitFor());
    }

    @Test
    void anImportThatWasInterruptedGoesOnWhereItStopped() throws IOException {
        var file = Files.writeString(folder.resolve("more.csv"), "url\n192.0.2.1\n192.0.2.2\n192.0.2.3\n");
        var name = ImportProgress.name(file, STACK.output("NewUrlTopicArn"), "interrupted");
        new ImportProgress(name, Instant.now(), 3, 1).keep(ImportProgress.besides(file));

        var run = STACK.run("import", file.toString(), "--owner", "interrupted");

        assertEquals("certtide: going on after line 3\n", run.err());
        assertEquals("1 line published; 1 could not be used\n", run.out());
        assertEquals(ExitCode.USAGE, run.exitCode(), "a line of the earlier part could not be used");
        await("the watch").atMost(PATIENCE).until(() -> STACK.run("watch", "ls", "--owner", "interrupted", "--json")
                .out()
                .contains("192.0.2.3"));
        assertEquals(
                1,
                STACK.run("watch", "ls", "--owner", "interrupted", "--json")
                        .out()
                        .lines()
                        .count());
        assertTrue(Files.notExists(ImportProgress.besides(file)));
    }

    /** By target and owner. */
    private static long distinct(List<String> rows) {
        return rows.stream()
                .map(row -> row.split(",")[0] + row.split(",")[1])
                .distinct()
                .count();
    }

    private static List<String> watched() {
        return STACK.run("watch", "ls", "--json")
                .out()
                .lines()
                .filter(line -> line.contains("\"bulk"))
                .toList();
    }

    /** Without what other tests import. */
    private static String exported() {
        return STACK.run("export")
                .out()
                .lines()
                .filter(line -> line.startsWith("url,") || line.contains("bulk"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> sorted(String lines) {
        return lines.lines().sorted().toList();
    }
}

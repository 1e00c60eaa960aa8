package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlImportTest {
    private final Imported sheet = new Imported();

    @Test
    void theLaterOfTwoLinesOfOneUrlIsTheNewer() throws IOException {
        sheet.take("url,paused\na.example,true\na.example,\n");
        assertEquals(3, sheet.events().size());
        var times = sheet.events().stream()
                .map(event -> event.origin().time().orElseThrow())
                .toList();
        assertEquals(times.stream().sorted().distinct().toList(), times);
        assertEquals(
                3,
                sheet.events().stream()
                        .map(event -> event.origin().id())
                        .distinct()
                        .count());
    }

    @Test
    void requestsHoldTenMessagesAndNoMoreThanSnsTakes() throws IOException {
        var wide = "url,name,tags\n"
                + "a.example,%s,%s\n"
                        .formatted(
                                "ü".repeat(500),
                                ("%s;".formatted("ü".repeat(64)).repeat(50)))
                        .repeat(500);
        sheet.take(wide);
        assertEquals(500, sheet.events().size());
        assertTrue(
                sheet.requests().stream().allMatch(bytes -> bytes <= 262_144),
                sheet.requests().toString());
        assertTrue(sheet.requests().size() >= 10, sheet.requests().toString());
    }

    @Test
    void anInterruptedImportGoesOnAfterTheLastLineThatWasPublished(@TempDir Path folder) throws IOException {
        var rows = IntStream.rangeClosed(1, 1000)
                .mapToObj(i -> "host-" + i + ".example")
                .toList();
        var text = "url\n" + String.join("\n", rows);
        var file = Files.writeString(folder.resolve("urls.csv"), text);
        var kept = ImportProgress.besides(file);
        var name = ImportProgress.name(file, "arn:topic", "me");
        var attempts = new AtomicInteger();
        var first = ImportProgress.of(name, kept, Imported.NOON);
        assertThrows(
                IllegalStateException.class,
                () -> sheet.run(
                        text,
                        first,
                        messages -> {
                            if (attempts.incrementAndGet() == 3) {
                                throw new IllegalStateException("the connection is gone");
                            }
                            sheet.publish(messages);
                        },
                        progress -> progress.keep(kept)));
        assertEquals(100, sheet.events().size());

        var second = ImportProgress.of(name, kept, Imported.NOON.plusSeconds(3600));
        assertEquals(first.upTo(101, 0), second, "the header is line 1, and the time is that of the beginning");
        sheet.run(text, second, sheet::publish, progress -> progress.keep(kept));
        assertEquals(rows, sheet.hosts());
        assertEquals(
                1000,
                sheet.events().stream()
                        .map(event -> event.origin().id())
                        .distinct()
                        .count());

        Files.writeString(file, text + "\nmore.example");
        var other = ImportProgress.of(ImportProgress.name(file, "arn:topic", "me"), kept, Imported.NOON);
        assertEquals(0, other.line(), "another file is another import");
        Files.writeString(kept, "{\"import\": 7}");
        assertEquals(0, ImportProgress.of(name, kept, Imported.NOON).line());
    }

    @Test
    void anImportThatGoesOnStillKnowsOfTheBadLinesOfItsEarlierPart(@TempDir Path folder) throws IOException {
        var rows = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> (i % 100 == 7 ? "http://" : "") + "host-" + i + ".example")
                .toList();
        var text = "url\n" + String.join("\n", rows);
        var kept = folder.resolve("kept");
        var requests = new AtomicInteger();
        assertThrows(
                IllegalStateException.class,
                () -> sheet.run(
                        text,
                        ImportProgress.begun("it", Imported.NOON),
                        messages -> {
                            if (requests.incrementAndGet() == 2) {
                                throw new IllegalStateException("the connection is gone");
                            }
                            sheet.publish(messages);
                        },
                        progress -> progress.keep(kept)));
        var goingOn = ImportProgress.of("it", kept, Imported.NOON);
        assertEquals(1, goingOn.unusable());

        var urls = sheet.run(text, goingOn, sheet::publish, _ -> {});
        assertEquals(2, urls.unusable());
        assertEquals(198, sheet.events().size());
    }

    @Test
    void aMillionRowsAreReadAsTheyArePublished() throws IOException {
        int rows = 1_000_000;
        var rowsRead = new AtomicInteger();
        var mostAhead = new AtomicLong();
        var rowsPublished = new AtomicInteger();
        var endless = new Generated(rows, rowsRead);
        var urls = new UrlImport(
                new UrlSheet(new NumberedLines(endless), "urls.csv"),
                "me",
                ImportProgress.begun("x", Imported.NOON),
                messages -> {
                    for (var message : messages) {
                        rowsPublished.addAndGet(message.split("\"specversion\"", -1).length - 1);
                    }
                },
                _ -> {},
                line -> sheet.complaints().add(line.where()));
        urls.run(() -> mostAhead.accumulateAndGet(rowsRead.get() - rowsPublished.get(), Math::max));
        assertEquals(rows, rowsPublished.get());
        assertEquals(List.of(), sheet.complaints());
        assertTrue(mostAhead.get() < 2000, "rows in memory: " + mostAhead);
    }

    /** A CSV that is made while it is read. */
    private static final class Generated extends InputStream {
        private final int rows;
        private final AtomicInteger made;
        private byte[] line = "url,owner,email\n".getBytes(StandardCharsets.UTF_8);
        private int at;

        private Generated(int rows, AtomicInteger made) {
            this.rows = rows;
            this.made = made;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == line.length) {
                if (made.get() == rows) {
                    return -1;
                }
                int i = made.incrementAndGet();
                line = "host-%d.example,owner%d,jane%d@example.com\n"
                        .formatted(i, i % 1000, i)
                        .getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            int some = Math.min(length, line.length - at);
            System.arraycopy(line, at, into, offset, some);
            at += some;
            return some;
        }
    }
}

package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import dev.certtide.model.event.UrlEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ImportProgress BEGUN = new ImportProgress("x", NOON, 0);

    private final List<UrlEvent> events = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<Integer> requests = new ArrayList<>();

    @Test
    void everyColumnComesWithTheEvent() throws IOException {
        importing("""
                URL,Owner,External ID,tags,email,webhook,paused,name,locale,plan
                https://shop.example/login,42,site-7,"shop; eu ;",a@example.com b@example.com,https://example.com/h,,Jane,en,pro
                """);
        assertEquals(List.of(), complaints);
        var added = (UrlEvent.Added) events.getFirst();
        assertEquals(Target.parse("shop.example"), added.target());
        assertEquals(new Owner("42"), added.owner());
        assertEquals(Optional.of("site-7"), added.externalId());
        assertEquals(List.of("shop", "eu"), added.tags());
        assertEquals(
                List.of(
                        new Channel.Email("a@example.com"),
                        new Channel.Email("b@example.com"),
                        new Channel.Webhook("https://example.com/h")),
                added.channels());
        assertEquals(Optional.of("a@example.com"), added.customer().email());
        assertEquals(Optional.of("Jane"), added.customer().name());
        assertEquals(Optional.of("en"), added.customer().locale());
        assertEquals(Optional.of("pro"), added.customer().plan());
    }

    @Test
    void aLineThatCannotBeUsedIsToldWithItsNumberAndColumnAndTheOthersArePublished() throws IOException {
        importing("""
                url,owner,email,webhook,tags,paused
                good.example,1
                http://plain.example,1

                good2.example,a#b
                good3.example,1,no mail,,,
                good4.example,1,,ftp://x,,
                good5.example,1,,,%s
                good6.example,1,,,,maybe
                "never closed,1
                good7.example,1,,,,,,surplus
                ,1
                gut\uFFFD.example,1
                good8.example,1,,,[broken
                last.example,1
                """.formatted("t".repeat(65)));
        assertEquals(
                List.of(
                        "urls.csv:3: url",
                        "urls.csv:5: owner",
                        "urls.csv:6: email",
                        "urls.csv:7: webhook",
                        "urls.csv:8: tags",
                        "urls.csv:9: paused",
                        "urls.csv:10: has a quote that is not closed",
                        "urls.csv:11: has 8 cells and the first line has 6",
                        "urls.csv:12: url",
                        "urls.csv:13: is not UTF-8",
                        "urls.csv:14: tags"),
                complaints.stream()
                        .map(text -> text.replaceFirst("(csv:\\d+: (\\w+)):.*|;.*", "$1"))
                        .toList(),
                String.join("\n", complaints));
        assertEquals(List.of("good.example", "last.example"), hosts());
    }

    @Test
    void aByteOrderMarkLineEndsOfAllKindsQuotesAndOtherSeparatorsAreRead() throws IOException {
        importing(
                "\uFEFF\"url\";owner;tags\r\n\"a.example\";\"4 \"\"2\"\"\";\"x;y\"\r\n;;\r\n  b.example ;7;\rc.example;;z");
        assertEquals(List.of(), complaints);
        assertEquals(List.of("a.example", "b.example", "c.example"), hosts());
        assertEquals(
                List.of("4 \"2\"", "7", "me"),
                events.stream().map(event -> event.owner().id()).toList());
        assertEquals(List.of("x", "y"), ((UrlEvent.Added) events.getFirst()).tags());
    }

    @Test
    void theFirstLineMustNameTheUrl() {
        var complaint = assertThrows(InvalidInputException.class, () -> importing("https://a.example\n"));
        assertTrue(complaint.getMessage().startsWith("urls.csv:1: names no column url"), complaint.getMessage());
        assertThrows(InvalidInputException.class, () -> importing(""));
        assertThrows(InvalidInputException.class, () -> importing("url,URL\n"));
    }

    @Test
    void theLaterOfTwoLinesOfOneUrlIsTheNewer() throws IOException {
        importing("url,paused\na.example,true\na.example,\n");
        assertEquals(3, events.size());
        var times = events.stream()
                .map(event -> event.origin().time().orElseThrow())
                .toList();
        assertEquals(times.stream().sorted().distinct().toList(), times);
        assertEquals(
                3, events.stream().map(event -> event.origin().id()).distinct().count());
    }

    @Test
    void anExportedWatchIsImportedAsItWas() throws IOException {
        var watch = new Watch(
                Target.parse("smtp://mail.bücher.example"),
                new Owner("jane, \"J\""),
                true,
                Optional.of("=1+1"),
                List.of("a;b", " c", "[d"),
                List.of(new Channel.Webhook("https://example.com/h?a=1;2"), new Channel.Email("a@example.com")),
                NOON);
        var text = new java.io.StringWriter();
        var csv = de.siegmar.fastcsv.writer.CsvWriter.builder().build(text);
        csv.writeRecord(UrlRow.EXPORTED.stream().map(UrlSheet.Column::title).toList());
        csv.writeRecord(UrlRow.cells(watch));
        csv.flush();
        importing(text.toString());
        assertEquals(List.of(), complaints);
        var added = (UrlEvent.Added) events.getFirst();
        assertEquals(watch.target(), added.target());
        assertEquals(watch.owner(), added.owner());
        assertEquals(watch.externalId(), added.externalId());
        assertEquals(watch.tags(), added.tags());
        assertEquals(new HashSet<>(watch.channels()), new HashSet<>(added.channels()));
        assertTrue(events.getLast() instanceof UrlEvent.Paused);
    }

    @Test
    void requestsHoldTenMessagesAndNoMoreThanSnsTakes() throws IOException {
        var wide = "url,name,tags\n"
                + "a.example,%s,%s\n"
                        .formatted(
                                "ü".repeat(500),
                                ("%s;".formatted("ü".repeat(64)).repeat(50)))
                        .repeat(500);
        importing(wide);
        assertEquals(500, events.size());
        assertTrue(requests.stream().allMatch(bytes -> bytes <= 262_144), requests.toString());
        assertTrue(requests.size() >= 10, requests.toString());
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
        var first = ImportProgress.of(name, kept, NOON);
        assertThrows(
                IllegalStateException.class,
                () -> run(text, first, kept, messages -> {
                    if (attempts.incrementAndGet() == 3) {
                        throw new IllegalStateException("the connection is gone");
                    }
                    take(messages);
                }));
        assertEquals(100, events.size());

        var second = ImportProgress.of(name, kept, NOON.plusSeconds(3600));
        assertEquals(first.upTo(101), second, "the header is line 1, and the time is that of the beginning");
        run(text, second, kept, this::take);
        assertEquals(rows, hosts());
        assertEquals(
                1000,
                events.stream().map(event -> event.origin().id()).distinct().count());

        Files.writeString(file, text + "\nmore.example");
        var other = ImportProgress.of(ImportProgress.name(file, "arn:topic", "me"), kept, NOON);
        assertEquals(0, other.line(), "another file is another import");
        Files.writeString(kept, "{\"import\": 7}");
        assertEquals(0, ImportProgress.of(name, kept, NOON).line());
    }

    /** A million take some 30 seconds: {@code -Dcerttide.import.rows=1000000}. */
    @Test
    void howeverManyRowsThereAreTheyAreReadAsTheyArePublished() throws IOException {
        int rows = Integer.getInteger("certtide.import.rows", 200_000);
        var rowsRead = new AtomicInteger();
        var mostAhead = new AtomicLong();
        var rowsPublished = new AtomicInteger();
        var endless = new Generated(rows, rowsRead);
        var urls = new UrlImport(
                new UrlSheet(new NumberedLines(endless), "urls.csv"),
                "me",
                BEGUN,
                messages -> {
                    for (var message : messages) {
                        rowsPublished.addAndGet(message.split("\"specversion\"", -1).length - 1);
                    }
                },
                _ -> {},
                line -> complaints.add(line.where()));
        urls.run(() -> mostAhead.accumulateAndGet(rowsRead.get() - rowsPublished.get(), Math::max));
        assertEquals(rows, rowsPublished.get());
        assertEquals(List.of(), complaints);
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

    private List<String> hosts() {
        return events.stream().map(event -> event.target().host()).toList();
    }

    private void importing(String text) throws IOException {
        sheet(text, BEGUN, this::take, _ -> {});
    }

    private void run(String text, ImportProgress begun, Path kept, Consumer<List<String>> publisher)
            throws IOException {
        sheet(text, begun, publisher, line -> begun.upTo(line).keep(kept));
    }

    private void sheet(
            String text,
            ImportProgress begun,
            Consumer<List<String>> publisher,
            java.util.function.LongConsumer published)
            throws IOException {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        new UrlImport(
                        new UrlSheet(new NumberedLines(bytes), "urls.csv"),
                        "me",
                        begun,
                        publisher,
                        published,
                        line -> complaints.add(line.where() + ": " + line.problem()))
                .run(() -> {});
    }

    private void take(List<String> messages) {
        requests.add(messages.stream().mapToInt(NewUrlTopic::bytes).sum());
        assertTrue(messages.size() <= 10);
        for (var message : messages) {
            for (var element : NewUrlMessage.parse(message)) {
                events.add(((Element.Accepted) element).event());
            }
        }
    }
}

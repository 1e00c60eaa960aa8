package dev.certtide.model.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.NewUrlMessage.Element;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever a text holds, reading it gives a value or says what is wrong; nothing else is thrown. */
class HostileTextTest {
    private static final int ROUNDS = 20_000;

    /** What texts are spoiled with: what means something to a parser, and values of every wrong type. */
    private static final List<String> SPLINTERS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e999",
            "-1e999",
            "99999999999999999999",
            "\"\"",
            "\"x\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"a\":null}",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            "\\u0000",
            "\u0000",
            "\uFEFF",
            "\uD800",
            "💩",
            "\n",
            "//",
            "NaN",
            "1970-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "\"type\":null",
            "\"data\":null,",
            "1.0");

    @Test
    void aSpoiledNewUrlMessageIsReadOrRefused() {
        var event = """
                {"specversion":"1.0","id":"e-1","source":"/shop","type":"dev.certtide.url.added.v1","time":"2026-11-21T14:37:00Z",
                "data":{"url":"https://jane:s3cret@example.com","owner":7,"tags":["prod"],"channels":[{"type":"email",
                "address":"ops@example.com"},{"type":"webhook","url":"https://example.com/hook"}],"name":"Jane"}}""";
        spoil("[" + event + "," + event.replace("jane:s3cret@", "") + "," + "{\"url\":\"x.example\"}]", text -> {
            var elements = NewUrlMessage.parse(text);
            assertFalse(elements.isEmpty());
            for (var element : elements) {
                if (element instanceof Element.Rejected rejected) {
                    assertFalse(rejected.json().isEmpty(), "an empty text can't be kept as a dead letter");
                    assertFalse(
                            rejected.reason().getMessage().contains("s3cret"),
                            rejected.reason().getMessage());
                }
            }
        });
    }

    @Test
    void aSpoiledBatchOfResultsIsReadOrRefused() {
        var event = Examples.event(EventType.SSL_CHECKED, Examples.result());
        spoil(CloudEvent.writeBatch(CheckResult.class, List.of(event, event)), text -> CloudEvent.readBatch(
                        CheckResult.class, text)
                .forEach(read -> read.data().target().id()));
    }

    @Test
    void aSpoiledNotificationIsReadOrRefused() {
        var event = Examples.event(
                EventType.NOTIFICATION_DECIDED, Examples.notification(new Channel.Webhook("https://example.com/hook")));
        spoil(event.write(), text -> CloudEvent.read(Notification.class, text)
                .data()
                .channel()
                .id());
    }

    @Test
    void aNumberOfTwoHundredThousandDigitsTakesNoTime() {
        try {
            NewUrlMessage.parse("{\"url\":" + "9".repeat(200_000) + "}");
        } catch (InvalidInputException refused) {
            assertTrue(refused.getMessage().length() < 200, "the number is not repeated");
        }
    }

    /** Enum adapters fill themselves on first use: many threads at once, in a JVM that has read nothing yet. */
    @Test
    void theFirstUseMayBeByManyThreadsAtOnce() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), FirstUse.class.getName())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
    }

    private static void spoil(String valid, Consumer<String> read) {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        read.accept(valid);
        for (int i = 0; i < ROUNDS; i++) {
            var text = new StringBuilder(valid);
            for (int wounds = 1 + random.nextInt(3); wounds > 0; wounds--) {
                wound(text, random);
            }
            try {
                read.accept(text.toString());
            } catch (InvalidInputException refused) {
                assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
            } catch (RuntimeException | StackOverflowError other) {
                fail("seed " + seed + ", text " + text, other);
            }
        }
    }

    private static void wound(StringBuilder text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        var splinter = SPLINTERS.get(random.nextInt(SPLINTERS.size()));
        switch (random.nextInt(4)) {
            case 0 -> text.replace(from, to, "");
            case 1 -> text.insert(from, splinter);
            case 2 -> text.replace(from, to, splinter);
            default -> replaceValue(text, from, splinter);
        }
    }

    /** Puts another value in the place of the next one, so that the text stays JSON and the types are wrong. */
    private static void replaceValue(StringBuilder text, int from, String value) {
        int start = text.indexOf(":", from) + 1;
        if (start == 0) {
            return;
        }
        int end = start;
        boolean inString = false;
        while (end < text.length() && (inString || ",}]".indexOf(text.charAt(end)) < 0)) {
            inString ^= text.charAt(end++) == '"';
        }
        text.replace(start, end, value);
    }
}

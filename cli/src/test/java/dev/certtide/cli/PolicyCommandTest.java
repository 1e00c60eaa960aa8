package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCommandTest {
    @TempDir
    private Path folder;

    /** What {@code docs/operations.md} shows of policies: what is written, and what is said of it. */
    private record Shown(String json, String words) {
        static Shown read() throws IOException {
            var page = Files.readString(Home.folder().resolve("docs/operations.md"));
            var section = page.substring(page.indexOf("## Policies"));
            var json = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(section);
            var words = Pattern.compile("```\n(From the next check on.*?)```", Pattern.DOTALL)
                    .matcher(section);
            assertTrue(json.find() && words.find(), "the section has both");
            return new Shown(json.group(1), words.group(1));
        }
    }

    @Test
    void whatTheDocumentationShowsIsUnderstoodAsItSays() throws IOException {
        var shown = Shown.read();
        var file = Files.writeString(folder.resolve("policy.json"), shown.json());

        var run = Run.of("policy", "set", file.toString(), "--owner", "42", "--dry-run");

        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertEquals(shown.words().replace("From the next check on, for 42:", "For 42 this would count:"), run.out());
    }

    @Test
    void everyPartOfAPolicyHasItsWords() {
        assertEquals(
                List.of(
                        "an ending certificate is a warning with 25% of its lifetime left",
                        "and critical with 36 hours left",
                        "nothing is told of weak-cipher, weak-key",
                        "what nobody acknowledges within 90 minutes is told over email:boss@example.com, too",
                        "nothing is told from Saturday, Sunday 08:00 for a whole day (UTC)",
                        "nothing is told every day 12:00 to 13:00 (UTC), but for what is unreachable",
                        "nothing is told from 2026-11-21 20:00 UTC to 2026-11-21 22:00 UTC (new storage)",
                        "what is no worse than critical is summed up every day at 08:00 (UTC)",
                        "over email comes only what is critical or worse",
                        "over webhook comes only what is warning or worse",
                        "people get at most 3 messages within ten minutes over a channel; the rest is summed up"),
                PolicyWording.of(Policy.parse("""
                        {"warning": "25%", "critical": "36h", "ignore": ["weak-cipher", "weak-key"],
                         "escalation": {"after": "90m", "channels": [{"type": "email", "address": "boss@example.com"}]},
                         "quietHours": [{"days": ["sat", "sun"], "from": "08:00", "to": "08:00", "zone": "UTC"},
                                        {"from": "12:00", "to": "13:00", "zone": "UTC", "except": "unreachable"}],
                         "maintenance": [{"from": "2026-11-21T20:00:00Z", "to": "2026-11-21T22:00:00Z", "note": "new storage"}],
                         "digest": {"every": "daily", "at": "08:00", "zone": "UTC", "upTo": "critical"},
                         "levels": {"webhook": "warning", "email": "critical"}, "mostAtOnce": 3}""")));
        assertEquals(
                List.of("nothing is different from what counts for everybody"), PolicyWording.of(Policy.parse("{}")));
        assertEquals(
                List.of("certificates are renewed by a program"),
                PolicyWording.of(Policy.parse("{\"profile\": \"automatic\"}")));
    }

    @Test
    void ofTheAddressesOfWebhooksNoMoreThanTheHostIsShown() {
        var address = "webhook:https://hooks.example.com/t0ken";
        assertEquals(
                List.of(
                        "what nobody acknowledges within 4 hours is told over email:a@example.com,"
                                + " webhook:https://hooks.example.com, too",
                        "over slack:ops comes only what is critical or worse",
                        "over webhook:https://hooks.example.com comes only what is unreachable"),
                PolicyWording.of(Policy.parse("""
                        {"escalation": {"after": "4h", "channels": [
                            {"type": "email", "address": "a@example.com"},
                            {"type": "webhook", "url": "https://hooks.example.com/t0ken"}]},
                         "levels": {"%s": "unreachable", "slack:ops": "critical"}}""".formatted(address))));
        assertEquals("webhook:?", ShownChannel.ofId("webhook:t0ken"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"quiethours\": []} | policy.quiethours: is not known here; there are profile, warning",
                "{\"quietHours\": [{\"from\": \"22:00\", \"to\": \"07:00\", \"zone\": \"Berlin\"}]} | policy.quietHours[0].zone: is no time zone that exists",
                "{ | is not the JSON that is expected here",
                "' ' | policy.json: is empty; it must be JSON"
            })
    void aPolicyWithAMistakeIsRefusedWithItsPlace(String json, String complaint) throws IOException {
        var file = Files.writeString(folder.resolve("policy.json"), json);

        var run = Run.of("policy", "set", file.toString(), "--endpoint-url", "http://127.0.0.1:1");

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertTrue(run.err().contains(complaint), run.err());
    }

    @Test
    void aFileThatIsNoneIsToldByItsName() throws IOException {
        var missing = Run.of("policy", "set", folder.resolve("none.json").toString());
        assertEquals(ExitCode.USAGE, missing.exitCode());
        assertTrue(missing.err().contains("none.json: is no file"), missing.err());

        var binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});
        assertTrue(Run.of("policy", "set", binary.toString()).err().contains("is not UTF-8"));

        var endless = Files.writeString(folder.resolve("long"), " ".repeat(100_001));
        assertTrue(Run.of("policy", "set", endless.toString()).err().contains("is longer than 100000 bytes"));
    }
}

package dev.certtide.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.Stack;
import dev.certtide.model.Status;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the README says to paste, pasted: only the endpoint and the URL are those of the test. */
@CerttideStack
class SnippetIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;

    SnippetIT(Stack stack) {
        this.stack = stack;
    }

    @ParameterizedTest(name = "{0} block number {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "python | 0 | python3 -c 'import boto3'             | python3",
                "ruby   | 0 | ruby -e 'require \"aws-sdk-sns\"'     | ruby",
                "sh     | 1 | aws --version                         | sh"
            })
    void theSnippetPublishes(String language, int number, String prerequisite, String interpreter, @TempDir Path folder)
            throws Exception {
        assumeTrue(run(folder, prerequisite) == 0, () -> "needs: " + prerequisite);
        var site = stack.goodSite();
        var snippet = blocks(language).get(number);
        assertTrue(snippet.contains("https://example.com"), snippet);
        Files.writeString(folder.resolve("snippet"), snippet.replace("https://example.com", site.url()));

        int exitCode = run(folder, variables() + interpreter + " snippet");

        assertEquals(0, exitCode, () -> output(folder));
        await().atMost(PATIENCE).until(() -> stack.latest(site.target())
                .filter(result -> result.status() == Status.OK)
                .isPresent());
        await().atMost(PATIENCE).until(() -> stack
                .items("ConfigTable", "TARGET#" + site.target().id())
                .stream()
                .anyMatch(item -> item.get("sk").s().equals("WATCH#42")));
    }

    @Test
    void theVariablesNameTheTopicOfTheLocalStack() throws IOException {
        assertTrue(blocks("sh").getFirst().contains("NEW_URL_TOPIC=" + stack.output("NewUrlTopicArn") + "\n"));
    }

    /** The README's, with the endpoint of this test. */
    private String variables() throws IOException {
        var endpoint = stack.sns()
                .serviceClientConfiguration()
                .endpointOverride()
                .map(URI::toString)
                .orElseThrow();
        var variables = blocks("sh").getFirst();
        assertTrue(variables.contains("http://127.0.0.1:4566"), variables);
        return variables.replace("http://127.0.0.1:4566", endpoint);
    }

    /** The blocks of the README's section on publishing. */
    private static List<String> blocks(String language) throws IOException {
        var readme = Files.readString(Path.of(System.getProperty("certtide.home"), "README.md"));
        var from = readme.indexOf("## Publish to it");
        var section = readme.substring(from, readme.indexOf("\n## ", from));
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static int run(Path folder, String script) throws IOException, InterruptedException {
        var command = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        command.environment().put("NO_PROXY", "127.0.0.1,localhost");
        return command.start().waitFor();
    }

    private static String output(Path folder) {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}

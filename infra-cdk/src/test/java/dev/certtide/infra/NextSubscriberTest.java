package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/subscribers.md} promises that one line in the stack is enough: the stack is built with that line. */
class NextSubscriberTest {
    private static final Path HOME = Path.of(System.getProperty("certtide.home"));
    private static final String LAST_OF_THE_CONSTRUCTOR = "        everyMinute(recheck);\n";

    @Test
    void theLineOfThePageIsAllThatTheStackNeeds(@TempDir Path folder) throws Exception {
        compileStackWith(lineOfThePage(), folder.resolve("sources"), folder.resolve("classes"));
        var functions = Files.createDirectory(folder.resolve("functions"));
        for (var name :
                (Iterable<String>) Stream.concat(Synthesized.FUNCTIONS.stream(), Stream.of("issuers"))::iterator) {
            Synthesized.stub(functions.resolve(name + ".zip"));
        }

        // As it is run for a deployment: it also fails on a finding of cdk-nag.
        var log = folder.resolve("log").toFile();
        var command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        folder.resolve("classes") + ":" + libraries(),
                        "dev.certtide.infra.CerttideApp",
                        "stage=dev",
                        "functions=" + functions)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        command.environment().put("CDK_OUTDIR", folder.resolve("out").toString());
        assertEquals(0, command.start().waitFor(), () -> text(log.toPath()));

        var template = new ObjectMapper()
                .readTree(folder.resolve("out/Certtide-dev.template.json").toFile());
        var stack = new Synthesized(template, List.of());
        var function = stack.all("AWS::Lambda::Function").stream()
                .filter(one -> one.shortName("FunctionName").equals("issuers"))
                .findFirst()
                .orElseThrow();
        var handler = function.property("Handler").asText();
        assertTrue(Files.exists(
                HOME.resolve("examples/issuers/src/main/java").resolve(handler.replace('.', '/') + ".java")));
        assertTrue(function.property("Environment").path("Variables").has("MARKETING_TABLE"));
        var filters = stack.all("AWS::SNS::Subscription").stream()
                .filter(one -> one.property("Endpoint").toString().contains("Issuers"))
                .map(one -> one.property("FilterPolicy").toString())
                .toList();
        assertEquals(List.of("{\"schema\":[\"dev.certtide.ssl.checked.v1\"]}"), filters);
        var queues = stack.all("AWS::SQS::Queue").stream()
                .map(queue -> queue.shortName("QueueName"))
                .filter(queue -> queue.startsWith("issuers"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("issuers", "issuers-dlq", "issuers-undelivered"), queues);
    }

    private static String lineOfThePage() throws IOException {
        var page = Files.readString(HOME.resolve("docs/subscribers.md"));
        var line = Pattern.compile("^queue\\(\"IssuersQueue\".*;$", Pattern.MULTILINE)
                .matcher(page);
        assertTrue(line.find(), "the page shows a line for the stack");
        return line.group();
    }

    private static void compileStackWith(String line, Path sources, Path classes) throws IOException {
        Files.createDirectory(sources);
        Files.createDirectory(classes);
        try (var originals = Files.list(HOME.resolve("infra-cdk/src/main/java/dev/certtide/infra"))) {
            for (var original : originals.toList()) {
                var name = original.getFileName().toString();
                var text = Files.readString(original);
                var isStack = name.equals("CerttideStack.java");
                assertTrue(!isStack || text.contains(LAST_OF_THE_CONSTRUCTOR), "the stack's constructor has changed");
                Files.writeString(
                        sources.resolve(name),
                        isStack ? text.replace(LAST_OF_THE_CONSTRUCTOR, LAST_OF_THE_CONSTRUCTOR + line + "\n") : text);
            }
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var compiled = Files.list(sources)) {
            var options = List.of("-d", classes.toString(), "-cp", libraries(), "-proc:none");
            var units = files.getJavaFileObjectsFromPaths(compiled.toList());
            assertTrue(compiler.getTask(null, files, null, options, null, units).call(), "it does not compile");
        }
    }

    /** What this test runs with, but for the stack's own classes. */
    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(path -> path.endsWith(".jar"))
                .collect(Collectors.joining(":"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

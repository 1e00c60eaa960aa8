package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.local.LocalCloud;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The synthesized stack on this machine for as long as the tests of a class run, and commands run against it. */
final class DeployedStack implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> environment;
    private LocalCloud running;

    DeployedStack(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assertTrue(Files.exists(Home.assembly()), "the stack has not been synthesized: build infra-cdk first");
        running =
                LocalCloud.of(Home.assembly()).port(0).environment(environment).start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (running != null) {
            running.close();
        }
    }

    /** As the options of a command name it. */
    Cloud cloud() {
        var cloud = new Cloud();
        new picocli.CommandLine(cloud)
                .parseArgs("--endpoint-url", running.endpoint().toString());
        return cloud;
    }

    String output(String name) {
        return running.outputs().get(name);
    }

    Run run(String... arguments) {
        return Run.of(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--endpoint-url", running.endpoint().toString()))
                .toArray(String[]::new));
    }

    /** The same with {@code input} on standard input. */
    Run runWith(String input, String... arguments) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }
}

package dev.certtide.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a clone that is not built yet, with a build of which a test says how long it takes. */
class LauncherBuildTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Writes down that it has begun, and makes what a build leaves behind as soon as it may. */
    private static final String BUILD = """
            #!/bin/sh
            echo begun >>builds
            until [ -f may-end ]; do sleep 0.1; done
            mkdir -p cli/target infra-cdk/target/cdk.out-local node_modules/dynalite node_modules/aws-cdk
            echo {} >infra-cdk/target/cdk.out-local/manifest.json
            echo nothing >cli/target/classpath
            """;

    @TempDir
    private Path clone;

    @BeforeEach
    void makeClone() throws IOException {
        Files.createDirectory(clone.resolve("build-tools"));
        for (String file : List.of("certtide", "build-tools/jdk.sh")) {
            Files.copy(Home.folder().resolve(file), clone.resolve(file));
        }
        Path build = Files.writeString(clone.resolve("mvnw"), BUILD);
        assertTrue(build.toFile().setExecutable(true));
    }

    /** Whoever follows the README in a second terminal while the first one still builds. */
    @Test
    void ofCommandsAtOnceOneBuildsAndTheOthersWait() throws Exception {
        var running = IntStream.range(0, 3).mapToObj(this::launch).toList();
        await("the build and the others").atMost(PATIENCE).until(() -> told("waiting for another command") == 2);

        Files.createFile(clone.resolve("may-end"));

        for (Process command : running) {
            assertTrue(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertEquals(List.of("begun"), Files.readAllLines(clone.resolve("builds")));
        assertEquals(1, told("building (once"));
        assertFalse(Files.exists(lock(), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aBuildThatWasEndedFromOutsideKeepsNobodyWaiting() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.createDirectories(lock().getParent());
        Files.createSymbolicLink(lock(), Path.of(Long.toString(ended.pid())));
        Files.createFile(clone.resolve("may-end"));

        assertTrue(launch(0).waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));

        assertEquals(List.of("begun"), Files.readAllLines(clone.resolve("builds")));
    }

    /** Ends where the command would begin: there is nothing in what was built. */
    private Process launch(int number) {
        try {
            return new ProcessBuilder(clone.resolve("certtide").toString(), "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors(number).toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How many commands have said so. */
    private long told(String words) throws IOException {
        long count = 0;
        for (int number = 0; number < 3; number++) {
            count += Files.readString(errors(number)).contains(words) ? 1 : 0;
        }
        return count;
    }

    private Path errors(int number) {
        return clone.resolve("errors-" + number);
    }

    private Path lock() {
        return clone.resolve("target/building");
    }
}

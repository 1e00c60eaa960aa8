package dev.certtide.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.it.stack.CommandLine;
import dev.certtide.it.stack.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees: {@code certtide up --demo} in a process of its own. */
class DemoIT {
    private Home home;
    private CommandLine demo;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        home = Home.create(folder.resolve("home"));
        demo = CommandLine.start(home.folder(), Map.of(), "up", "--demo", "--port", "0");
    }

    /** Whatever has become of the test: with the process ends whoever reads what it prints. */
    @AfterEach
    void stop() throws IOException {
        demo.close();
        home.close();
    }

    @Test
    void whoStartsTheDemoReadsHowToPublishBeforeTheFirstResultAndIsToldOfEveryBadHost() {
        var lines = new CopyOnWriteArrayList<String>();
        // In a thread of its own: nothing interrupts one that reads what a process prints.
        assertTimeoutPreemptively(
                Duration.ofMinutes(2), () -> untilTold(demo.lines(), 8, 8, lines), () -> String.join("\n", lines));

        int ready = indexOf(lines, "ready at ");
        assertTrue(indexOf(lines, "Publish from any backend") < ready, lines::toString);
        assertTrue(ready < indexOf(lines, "result "), lines::toString);
        assertEquals(9, count(lines, "result "), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches("result +good\\S+ +ok")), lines::toString);
        assertTrue(lines.stream().noneMatch(line -> line.matches("(mail|webhook) .*\\bgood\\..*")), lines::toString);
    }

    private static void untilTold(BufferedReader out, int mails, int webhooks, List<String> lines) throws IOException {
        while (count(lines, "mail ") < mails || count(lines, "webhook ") < webhooks || count(lines, "result ") < 9) {
            var line = out.readLine();
            if (line == null) {
                throw new IOException("the demo ended: " + lines);
            }
            lines.add(line);
        }
    }

    private static long count(List<String> lines, String prefix) {
        return lines.stream().filter(line -> line.startsWith(prefix)).count();
    }

    private static int indexOf(List<String> lines, String prefix) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(prefix)) {
                return i;
            }
        }
        throw new AssertionError("no line begins with " + prefix + ": " + lines);
    }
}

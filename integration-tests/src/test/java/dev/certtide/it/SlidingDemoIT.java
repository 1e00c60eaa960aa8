package dev.certtide.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.it.stack.CommandLine;
import dev.certtide.it.stack.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A month of a certificate in a minute: {@code certtide up --demo --speed} in a process of its own. */
class SlidingDemoIT {
    private Home home;
    private CommandLine demo;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        home = Home.create(folder.resolve("home"));
        demo = CommandLine.start(home.folder(), Map.of(), "up", "--demo", "--speed", "7d/s", "--port", "0");
    }

    /** Whatever has become of the test: with the process ends whoever reads what it prints. */
    @AfterEach
    void stop() throws IOException {
        demo.close();
        home.close();
    }

    // In a thread of its own: nothing interrupts one that reads what a process prints.
    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void aCertificateSlidesToItsEndAndIsRenewedAndWhyTellsTheStory() throws IOException {
        var lines = untilTheEnd(demo.lines());

        var mails = lines.stream().filter(line -> line.contains("  mail ")).toList();
        assertTrue(mails.getFirst().contains(": Warning: "), lines::toString);
        assertEquals(1, count(mails, ": Now critical: "), lines::toString);
        assertTrue(mails.getLast().contains(": Resolved: "), lines::toString);
        assertTrue(count(lines, "[reminder]") >= 2, lines::toString);
        assertEquals(1, count(lines, "UTC  acknowledged by jane"), lines::toString);
        assertEquals(1, count(lines, "UTC  resolved"), lines::toString);
        assertEquals(2, count(lines, "(recovered): "), lines::toString);
    }

    private static List<String> untilTheEnd(BufferedReader out) throws IOException {
        var lines = new ArrayList<String>();
        do {
            var line = out.readLine();
            if (line == null) {
                throw new IOException("the demo ended: " + lines);
            }
            lines.add(line);
        } while (!lines.getLast().startsWith("That was the story"));
        return lines;
    }

    private static long count(List<String> lines, String part) {
        return lines.stream().filter(line -> line.contains(part)).count();
    }
}

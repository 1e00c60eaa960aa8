package dev.certtide.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.it.stack.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees: {@code certtide up --demo} in a process of its own. */
class DemoIT {
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void whoStartsTheDemoReadsHowToPublishBeforeTheFirstResultAndIsToldOfEveryBadHost(@TempDir Path folder)
            throws IOException {
        try (var home = Home.create(folder.resolve("home"))) {
            var demo = start(home.folder());
            try {
                var lines = untilTold(demo, 8, 8);

                int ready = indexOf(lines, "ready at ");
                assertTrue(indexOf(lines, "Publish from any backend") < ready, lines::toString);
                assertTrue(ready < indexOf(lines, "result "), lines::toString);
                assertEquals(9, count(lines, "result "), lines::toString);
                assertTrue(lines.stream().anyMatch(line -> line.matches("result +good\\S+ +ok")), lines::toString);
                assertTrue(
                        lines.stream().noneMatch(line -> line.matches("(mail|webhook) .*\\bgood\\..*")),
                        lines::toString);
            } finally {
                demo.destroy();
                demo.onExit().join();
            }
        }
    }

    private static Process start(Path home) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dcerttide.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.certtide.cli.CerttideCommand",
                        "up",
                        "--demo",
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> untilTold(Process demo, int mails, int webhooks) throws IOException {
        var lines = new ArrayList<String>();
        var out = demo.inputReader();
        while (count(lines, "mail ") < mails || count(lines, "webhook ") < webhooks || count(lines, "result ") < 9) {
            var line = out.readLine();
            if (line == null) {
                throw new IOException("the demo ended: " + lines);
            }
            lines.add(line);
        }
        return lines;
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

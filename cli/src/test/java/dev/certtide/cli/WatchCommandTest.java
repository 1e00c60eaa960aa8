package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"ls --bogus", "rm", "pause --owner", "resume"})
    void wrongUsageIsNotTakenForACriticalCertificate(String arguments) {
        assertEquals(ExitCode.USAGE, Run.of(("watch " + arguments).split(" ")).exitCode());
    }
}

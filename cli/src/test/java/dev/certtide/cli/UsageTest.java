package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that no command can do anything with. */
class UsageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "check http://example.com",
                "check https://user:hunter2@example.com",
                "check example.com:0",
                "check example.com:99999",
                "check 2852039166",
                "check --timeout 0 example.com",
                "check --timeout soon example.com",
                "check --connect-to example.com:443 example.com",
                "check --ca-file /nowhere/root.pem example.com",
                "check --roots /nowhere/roots.pem example.com",
                "check --hosts-file /nowhere/hosts example.com",
                "check --servername a..b example.com",
                "check --file /nowhere/list",
                "check --file /",
                "check --protocol gopher example.com",
                "check --parallel 0 example.com",
                "check --parallel 10001 example.com",
                "check --warn-days -1 example.com",
                "check --critical-days x example.com",
                "check --color sometimes example.com",
                "check --nonsense example.com",
                "publish https://",
                "status a..b",
                "up --demo-hosts nonsense",
                "nonsense"
            })
    void whatCannotBeUsedEndsWithThreeAndSaysWhy(String line) {
        var run = Run.of(line.split(" "));

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertTrue(!run.err().isBlank());
        assertTrue(!run.err().contains("hunter2"), run.err());
        assertEquals("", run.out());
    }
}

package dev.certtide.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certtide.kit.Config;
import dev.certtide.kit.Table;
import dev.certtide.local.LocalCloud;
import dev.certtide.model.Target;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.json.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Policies of owners, by the command line into the deployed stack. */
class PolicyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static LocalCloud cloud;

    @BeforeAll
    static void startCloud() {
        assumeTrue(Files.exists(Home.assembly()), "the stack has not been synthesized");
        cloud = LocalCloud.of(Home.assembly())
                .port(0)
                .environment(Map.of("CERTTIDE_CHECK_TIMEOUT", "2"))
                .start();
    }

    @AfterAll
    static void stopCloud() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void aPolicyIsStoredShownAndRemovedAndTheScheduleFollows() {
        var targets = Stream.of("192.0.2.1", "192.0.2.2", "192.0.2.3")
                .map(Target::parse)
                .toList();
        targets.forEach(target -> run("", "publish", target.id(), "--owner", "jane"));
        await("the watches").atMost(PATIENCE).until(() -> eager(targets).size() == targets.size());
        assertEquals(List.of("", "", ""), eager(targets));

        var set = run("{\"warning\": \"60d\", \"critical\": \"30d\"}", "policy", "set", "--owner", "jane");
        assertEquals("""
                From the next check on, for jane:
                  an ending certificate is a warning with 60 days left
                  and critical with 30 days left
                """, set.out(), set.err());
        assertEquals(
                "{\"warning\":\"60d\",\"critical\":\"30d\"}\n",
                run("", "policy", "show", "--owner", "jane", "--json").out());
        var margins = "[\"60d\",\"30d\"]";
        assertEquals(List.of(margins, margins, margins), eager(targets));
        assertEquals("""
                For joe:
                  nothing is different from what counts for everybody
                """, run("", "policy", "show", "--owner", "joe").out());

        assertEquals(
                ExitCode.USAGE,
                run("{\"warning\": \"soon\"}", "policy", "set", "--owner", "jane")
                        .exitCode());
        assertEquals(
                set.out().replace("From the next check on, for", "For"),
                run("", "policy", "show", "--owner", "jane").out());

        assertEquals(ExitCode.OK, run("", "policy", "rm", "--owner", "jane").exitCode());
        assertEquals(
                "{}\n", run("", "policy", "show", "--owner", "jane", "--json").out());
        assertEquals(List.of("", "", ""), eager(targets));
    }

    private static List<String> eager(List<Target> targets) {
        var place = new Cloud();
        new picocli.CommandLine(place)
                .parseArgs("--endpoint-url", cloud.endpoint().toString());
        return place.withDynamoDb(
                dynamoDb -> new Config(new Table(dynamoDb, place.table("Config")), InstantSource.system())
                        .scheduled(targets).stream()
                                .map(Due::eager)
                                .map(eager -> eager.map(Json::write).orElse(""))
                                .toList());
    }

    private static Run run(String input, String... arguments) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return Run.of(Stream.concat(
                            Arrays.stream(arguments),
                            Stream.of("--endpoint-url", cloud.endpoint().toString()))
                    .toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }
}

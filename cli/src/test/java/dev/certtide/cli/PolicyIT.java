package dev.certtide.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Config;
import dev.certtide.kit.Table;
import dev.certtide.model.Target;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Policies of owners, by the command line into the deployed stack. */
class PolicyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private static final DeployedStack STACK = new DeployedStack(Map.of("CERTTIDE_CHECK_TIMEOUT", "2"));

    @Test
    void aPolicyIsStoredShownAndRemovedAndTheScheduleFollows() {
        var targets = Stream.of("192.0.2.1", "192.0.2.2", "192.0.2.3")
                .map(Target::parse)
                .toList();
        targets.forEach(target -> STACK.run("publish", target.id(), "--owner", "jane"));
        await("the watches").atMost(PATIENCE).until(() -> eager(targets).size() == targets.size());
        assertEquals(List.of("", "", ""), eager(targets));

        var set = STACK.runWith("{\"warning\": \"60d\", \"critical\": \"30d\"}", "policy", "set", "--owner", "jane");
        assertEquals("""
                From the next check on, for jane:
                  an ending certificate is a warning with 60 days left
                  and critical with 30 days left
                """, set.out(), set.err());
        assertEquals(
                "{\"warning\":\"60d\",\"critical\":\"30d\"}\n",
                STACK.run("policy", "show", "--owner", "jane", "--json").out());
        var margins = "[\"60d\",\"30d\"]";
        assertEquals(List.of(margins, margins, margins), eager(targets));
        assertEquals("""
                For joe:
                  nothing is different from what counts for everybody
                """, STACK.run("policy", "show", "--owner", "joe").out());

        assertEquals(
                ExitCode.USAGE,
                STACK.runWith("{\"warning\": \"soon\"}", "policy", "set", "--owner", "jane")
                        .exitCode());
        assertEquals(
                set.out().replace("From the next check on, for", "For"),
                STACK.run("policy", "show", "--owner", "jane").out());

        assertEquals(ExitCode.OK, STACK.run("policy", "rm", "--owner", "jane").exitCode());
        assertEquals(
                "{}\n", STACK.run("policy", "show", "--owner", "jane", "--json").out());
        assertEquals(List.of("", "", ""), eager(targets));
    }

    private static List<String> eager(List<Target> targets) {
        var place = STACK.cloud();
        return place.withDynamoDb(
                dynamoDb -> new Config(new Table(dynamoDb, place.table("Config")), InstantSource.system())
                        .scheduled(targets).stream()
                                .map(Due::eager)
                                .map(eager -> eager.map(Json::write).orElse(""))
                                .toList());
    }
}

package dev.certtide.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.FarmFiles;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.kit.Policies;
import dev.certtide.kit.Table;
import dev.certtide.local.LocalCloud;
import dev.certtide.model.Owner;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Incidents of real hosts, answered and explained on the deployed stack. */
class IncidentsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String HOOK = "https://hooks.example.com/s3cret";

    private static TlsFarm farm;
    private static FarmFiles files;
    private static LocalCloud cloud;

    @BeforeAll
    static void startCloud() throws IOException {
        assertTrue(Files.exists(Home.assembly()), "the stack has not been synthesized: build infra-cdk first");
        farm = TlsFarm.start();
        files = FarmFiles.write(farm, Optional.empty());
        cloud = LocalCloud.of(Home.assembly())
                .port(0)
                .environment(Map.of(
                        "CERTTIDE_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128",
                        "CERTTIDE_ALLOWED_PORTS", "1-65535",
                        "CERTTIDE_HOSTS_FILE", files.names().toString(),
                        "CERTTIDE_CA_FILE", files.root().toString(),
                        "CERTTIDE_CONFIRM_AFTER", "1"))
                .start();
    }

    @AfterAll
    static void stopCloud() throws IOException {
        if (cloud != null) {
            cloud.close();
            files.close();
            farm.close();
        }
    }

    @Test
    void anExpiredHostBecomesAnIncidentThatIsAcknowledgedAndWhyTellsTheStory() {
        publish(HostKind.EXPIRED, "jane", "--email", "jane@example.com", "--webhook", HOOK);
        awaitStory(HostKind.EXPIRED, "jane", "told webhook:https://hooks.example.com");

        var listed = run("incidents", "ls", "--owner", "jane").out().lines().toList();
        assertTrue(listed.get(0).startsWith("ID "), listed::toString);
        assertTrue(
                listed.get(1).matches("inc_\\w+ +jane +expired\\S+ +critical +open +.+ \\(.+ ago\\) +-"),
                listed::toString);
        var id = listed.get(1).split(" ")[0];

        var answered = run("incidents", "ack", id.substring(0, id.length() - 2), "--by", "joe");

        assertEquals(ExitCode.OK, answered.exitCode(), answered.err());
        assertTrue(answered.out().startsWith(id + " of jane (expired."), answered.out());
        assertTrue(answered.out().endsWith(") is acknowledged\n"), answered.out());
        var why = why(HostKind.EXPIRED, "jane");
        assertTrue(why.lines().findFirst().orElse("").matches("expired\\S+  critical since .+ UTC \\(.+ ago\\)"), why);
        assertTrue(why.contains("UTC  opened: critical\n"), why);
        assertTrue(why.contains("told email:jane@example.com (opened, critical): "), why);
        assertTrue(why.contains("UTC  acknowledged by joe\n"), why);
        var page = run("incidents", "show", id).out();
        assertTrue(page.contains("answer       acknowledged by joe"), page);
        var json =
                run("why", host(HostKind.EXPIRED), "--owner", "jane", "--json").out();
        json.lines().forEach(Json::readTree);
        assertTrue(json.contains("\"rule\":\"first\""), json);
        assertFalse((why + page + json + run("incidents", "ls", "--json").out()).contains("s3cret"));

        var resolved = run("incidents", "resolve", host(HostKind.EXPIRED), "--owner", "jane");
        assertTrue(resolved.out().contains(" is resolved "), resolved.out() + resolved.err());
        assertEquals(
                "No incident is open of jane.\n",
                run("incidents", "ls", "--owner", "jane").out());
        assertTrue(run("incidents", "ls", "--owner", "jane", "--all").out().contains(id));
        var late = run("incidents", "ack", id);
        assertEquals(ExitCode.USAGE, late.exitCode());
        assertTrue(late.err().contains("has been over since"), late.err());
    }

    @Test
    void whatIsNotToldIsExplainedByTheRuleThatKeptItBack() {
        var now = Instant.now();
        policy(
                "busy",
                "{\"maintenance\":[{\"from\":\"%s\",\"to\":\"%s\"}]}"
                        .formatted(now.minusSeconds(60), now.plus(Duration.ofDays(1))));
        policy("calm", "{\"levels\":{\"email\":\"critical\"}}");
        publish(HostKind.SELF_SIGNED, "busy", "--email", "busy@example.com");
        publish(HostKind.EXPIRING, "calm", "--email", "calm@example.com");

        awaitStory(HostKind.SELF_SIGNED, "busy", "[maintenance]");
        awaitStory(HostKind.EXPIRING, "calm", "[below-level]");

        var why = why(HostKind.EXPIRING, "calm");
        assertTrue(
                why.contains("not told email:calm@example.com (opened, warning): "
                        + "the policy wants nothing as mild as that on this channel [below-level]"),
                why);
        assertTrue(why(HostKind.SELF_SIGNED, "busy").contains("not told email:busy@example.com before "));

        var snoozed = run("incidents", "snooze", host(HostKind.EXPIRING), "--until", "2d");
        assertTrue(snoozed.out().contains(") is snoozed until "), snoozed.out() + snoozed.err());
    }

    @Test
    void whatCantBeAnsweredIsRefusedWithAReason() {
        publish(HostKind.WRONG_HOST, "ann");
        publish(HostKind.WRONG_HOST, "bob");
        awaitStory(HostKind.WRONG_HOST, "ann", "opened");
        awaitStory(HostKind.WRONG_HOST, "bob", "opened");

        assertRefused("write more of the id, or whose it is with --owner", "ack", host(HostKind.WRONG_HOST));
        assertRefused("no incident has an id that begins so", "resolve", "inc_nosuch");
        assertRefused("no incident of eve is about that host", "ack", host(HostKind.WRONG_HOST), "--owner", "eve");
        assertRefused("--until: is past", "snooze", "inc_", "--until", "2020-01-01T00:00:00Z");
        assertEquals(
                ExitCode.OK,
                run("incidents", "ack", host(HostKind.WRONG_HOST), "--owner", "bob")
                        .exitCode());
    }

    @Test
    void trueSilenceIsExplainedToo() {
        publish(HostKind.GOOD, "jim");
        awaitStory(HostKind.GOOD, "jim", "A warning would come ");
        run("watch", "pause", farm.host(HostKind.GOOD).url(), "--owner", "jim");
        awaitStory(HostKind.GOOD, "jim", "The watch is paused");
        run("watch", "rm", farm.host(HostKind.GOOD).url(), "--owner", "jim");
        awaitStory(HostKind.GOOD, "jim", "It is not watched any more");

        assertTrue(run("why", "nobody.example").out().contains("Nobody watches it."));
    }

    @Test
    void anUnreachableHostIsOnlySuspectedUntilItIsCertain() {
        publish(HostKind.REFUSING, "sue", "--email", "sue@example.com");
        awaitStory(HostKind.REFUSING, "sue", "opened: unreachable");
        assertTrue(run("incidents", "ls", "--owner", "sue").out().contains("  unreachable  "));
    }

    private static void assertRefused(String complaint, String... arguments) {
        var run = run(
                Stream.concat(Stream.of("incidents"), Arrays.stream(arguments)).toArray(String[]::new));
        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertTrue(run.err().contains(complaint), run.err());
    }

    private static void publish(HostKind kind, String owner, String... channels) {
        var command = Stream.of("publish", farm.host(kind).url(), "--owner", owner);
        var run = run(Stream.concat(command, Arrays.stream(channels)).toArray(String[]::new));
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
    }

    private static void policy(String owner, String policy) {
        var place = new Cloud();
        new picocli.CommandLine(place)
                .parseArgs("--endpoint-url", cloud.endpoint().toString());
        place.withDynamoDb(dynamoDb -> {
            new Policies(new Table(dynamoDb, place.table("Config"))).put(new Owner(owner), Policy.parse(policy));
            return null;
        });
    }

    private static void awaitStory(HostKind kind, String owner, String part) {
        await(owner + ": " + part).atMost(PATIENCE).until(() -> why(kind, owner), why -> why.contains(part));
    }

    private static String why(HostKind kind, String owner) {
        return run("why", host(kind), "--owner", owner).out();
    }

    /** Without the port, as people say it. */
    private static String host(HostKind kind) {
        return farm.host(kind).name();
    }

    private static Run run(String... arguments) {
        var all = Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of("--endpoint-url", cloud.endpoint().toString()))
                .toArray(String[]::new);
        return Run.of(all);
    }
}

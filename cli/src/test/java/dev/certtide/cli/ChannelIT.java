package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels from the command line to the provider, through the functions as they are deployed. */
class ChannelIT {
    private static final List<String> POSTED = new CopyOnWriteArrayList<>();

    private static HttpServer slack;

    @RegisterExtension
    private static final DeployedStack STACK =
            new DeployedStack(Map.of("CERTTIDE_ALLOWED_NETWORKS", "127.0.0.0/8", "CERTTIDE_ALLOWED_PORTS", "1-65535"));

    @BeforeAll
    static void startSlack() throws IOException {
        slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.createContext("/", exchange -> {
            POSTED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var isKnown = exchange.getRequestURI().getPath().equals("/services/T0/B0/s3cret");
            var answer = (isKnown ? "ok" : "no_service").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isKnown ? 200 : 404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        slack.start();
    }

    @AfterAll
    static void stopSlack() {
        slack.stop(0);
    }

    @Test
    void aChannelIsStoredTriedListedAndRemovedAndItsSecretIsNeverShown() {
        var url = "http://127.0.0.1:" + slack.getAddress().getPort() + "/services/T0/B0/";
        var added = channel(url + "s3cret", "add", "slack:ops");
        assertEquals(ExitCode.OK, added.exitCode(), added.err());
        assertEquals("Slack (ops) is stored for all; try it with: certtide channel test slack:ops\n", added.out());

        var tried = channel("", "test", "slack:ops", "--owner", "42");
        assertEquals(ExitCode.OK, tried.exitCode(), tried.err());
        assertEquals("the test was taken by Slack (ops)\n", tried.out());
        assertTrue(POSTED.getLast().contains("Test: this channel works"), POSTED.getLast());

        assertEquals(
                ExitCode.OK,
                channel(url + "s3cret-gone", "add", "slack:ops", "--owner", "42")
                        .exitCode());
        var failed = channel("", "test", "slack:ops", "--owner", "42");
        assertEquals(ExitCode.CRITICAL, failed.exitCode());
        assertEquals("certtide: it does not work: Slack (ops) answered 404 no_service\n", failed.err());

        var listed = channel("", "ls", "--owner", "42");
        assertEquals("CHANNEL    STATE\nslack:ops  stored\n", listed.out());
        for (var run : List.of(added, tried, failed, listed)) {
            assertFalse((run.out() + run.err()).contains("s3cret"), run.toString());
        }

        assertEquals(
                "Slack (ops) is removed\n",
                channel("", "rm", "slack:ops", "--owner", "42").out());
        assertEquals("Slack (ops) is removed\n", channel("", "rm", "slack:ops").out());
        assertEquals("No channels are stored for all.\n", channel("", "ls").out());
        assertEquals(
                "certtide: there is no Slack (ops) for all; certtide channel ls shows what there is\n",
                channel("", "rm", "slack:ops").err());
        var unknown = channel("", "test", "slack:ops");
        assertEquals(
                "certtide: it does not work: Slack (ops) is not stored; store it with: certtide channel add slack:ops\n",
                unknown.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3cret | add fax:ops | channel: must be a kind, a colon and where to, such as slack:ops or email:jane@example.com; the kinds are email, webhook, sms, slack, teams, pagerduty, telegram, messenger",
                "s3cret | add email:a@example.com | channel: needs nothing stored: name it in the events, or with publish --channel",
                "s3cret | add slack:o#ps | name: must be 1 to 40 letters, digits, hyphens and underscores, such as ops",
                "s3cret | add slack:ops | the URL of the incoming webhook: must be an https address, as the provider shows it",
                "http://example.com/s3cret | add teams:ops | the URL of the workflow: must be an https address, as the provider shows it",
                "'' | add slack:ops | the URL of the incoming webhook: is missing; pipe it to standard input, in a line of its own",
                "s3cret | add pagerduty:ops | the routing key: must be the 32 letters and digits of an Events API v2 integration",
                "s3cret | add telegram:ops | --chat: is missing; it must be the number of a chat, or @name of a channel; ask the bot's getUpdates for it",
                "s3cret | add telegram:ops --chat x | --chat: must be the number of a chat, or @name of a channel; ask the bot's getUpdates for it",
                "s3cret | add telegram:ops --chat 5 | the token of the bot: is no token; copy it as the provider shows it",
                "s3cret | add slack:ops --chat 5 | --chat: is not for slack",
                "s3cret | add messenger:jane | --recipient: is missing; it must be the number by which the page knows the person (PSID)",
                "'' | test sms:12345 | number: is no telephone number in E.164 such as +4915112345678",
            })
    void whatIsWrongIsToldWithTheFieldAndWithoutTheSecret(String secret, String command, String complaint) {
        var run = channel(secret, command.split(" "));
        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertEquals("certtide: " + complaint + "\n", run.err());
    }

    @Test
    void aTemplateIsCheckedWhenItIsStored() {
        var refused = STACK.runWith("{{hots}}", "template", "set", "opened", "--owner", "42", "--subject", "{{host}}");
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertTrue(refused.err().startsWith("certtide: body: {{hots}} is not known; use "), refused.err());
        var kind = STACK.runWith("x", "template", "set", "closed", "--owner", "42", "--subject", "{{host}}");
        assertTrue(kind.err().startsWith("certtide: KIND: is not known; use opened, "), kind.err());
        var taken = STACK.runWith("{{problem}}", "template", "set", "opened", "--owner", "42", "--subject", "{{host}}");
        assertEquals("42 is told in these words from now on\n", taken.out(), taken.err());
        assertEquals(
                "KIND    SUBJECT\nopened  {{host}}\n",
                STACK.run("template", "ls", "--owner", "42").out());
        assertEquals(
                "{{host}}\n\n{{problem}}\n",
                STACK.run("template", "show", "opened", "--owner", "42").out());
        var removed = STACK.run("template", "rm", "opened", "--owner", "42");
        assertEquals("42 is told in Certtide's words from now on\n", removed.out(), removed.err());
        assertEquals(
                "42 is told everything in Certtide's words.\n",
                STACK.run("template", "ls", "--owner", "42").out());
        assertTrue(STACK.run("template", "show", "opened", "--owner", "42")
                .out()
                .startsWith("{{alert}}: {{host}}: {{problem}}. {{act}}\n\n{{host}}: "));
    }

    @Test
    void aKeyIsRotatedOnlyIfThereIsOne() {
        var key = "whsec_" + "A".repeat(32);
        var tooEarly = STACK.runWith(key, "configure", "webhook-key", "--rotate", "--owner", "rotating");
        assertEquals(ExitCode.USAGE, tooEarly.exitCode());
        assertEquals(
                "certtide: the webhook key: is not stored yet; store one without --rotate first\n", tooEarly.err());
        STACK.runWith(key, "configure", "webhook-key", "--owner", "rotating");
        var rotated =
                STACK.runWith("whsec_" + "B".repeat(32), "configure", "webhook-key", "--rotate", "--owner", "rotating");
        assertEquals(
                "webhooks to rotating are signed with this key and the one before from now on\n",
                rotated.out(),
                rotated.err());
        var alone = STACK.run("configure", "webhook-key", "--forget-previous", "--owner", "rotating");
        assertEquals(ExitCode.OK, alone.exitCode(), alone.err());
        var both = STACK.run("configure", "webhook-key", "--rotate", "--forget-previous", "--owner", "rotating");
        assertEquals(ExitCode.USAGE, both.exitCode());
        assertEquals("certtide: --rotate: does not go with --forget-previous; rotate first\n", both.err());
    }

    @Test
    void aKeyThatIsRotatedAgainKeepsTheOneBefore() {
        var first = "whsec_" + "A".repeat(32);
        var second = "whsec_" + "B".repeat(32);
        STACK.runWith(first, "configure", "webhook-key", "--owner", "hasty");
        for (int i = 0; i < 2; i++) {
            var rotated = STACK.runWith(second, "configure", "webhook-key", "--rotate", "--owner", "hasty");
            assertEquals(ExitCode.OK, rotated.exitCode(), rotated.err());
        }
        var place = STACK.cloud();
        var stored = place.withDynamoDb(dynamoDb -> new Table(dynamoDb, place.table("Config"))
                .get("SECRET#hasty", "WEBHOOK")
                .orElseThrow());
        assertEquals(second, stored.get("secret"));
        assertEquals(first, stored.get("previousSecret"));
    }

    @Test
    void whatDoesNotWorkIsListedWithoutAddressesAsLongAsThatCounts() {
        var now = Instant.now().getEpochSecond();
        var hook = new Channel.Webhook("https://hooks.example.com/t0ken");
        var longHook = new Channel.Webhook("https://long.example.com/t0ken?" + "x".repeat(300));
        mark("broken", hook, "it is gone", now + 600);
        mark("broken", longHook, "it is gone, too", now + 600);
        mark("broken", new Channel.Slack("old"), "it was gone", now - 600);
        var again = "; to be tried again at " + Span.date(Instant.ofEpochSecond(now + 601));
        var listed = channel("", "ls", "--owner", "broken");
        assertEquals(ExitCode.OK, listed.exitCode(), listed.err());
        assertEquals(
                """
                CHANNEL                          STATE
                the webhook at hooks.example.com does not work: it is gone%1$s
                the webhook at long.example.com  does not work: it is gone, too%1$s
                """.formatted(again)
                        .lines()
                        .map(line -> line.replaceAll(" +", " "))
                        .sorted()
                        .toList(),
                listed.out()
                        .lines()
                        .map(line -> line.replaceAll(" +", " "))
                        .sorted()
                        .toList());
    }

    @Test
    void aChannelOfAllThatDoesNotWorkIsListedUntilItIsStoredAnew() {
        var until = Instant.now().getEpochSecond() + 600;
        var teams = new Channel.Teams("all");
        mark("#deployment", teams, "the workflow is off", until);
        var listed = channel("", "ls");
        assertTrue(
                listed.out()
                        .contains("does not work: the workflow is off; to be tried again at "
                                + Span.date(Instant.ofEpochSecond(until + 1))),
                listed.out());

        var url = "http://127.0.0.1:" + slack.getAddress().getPort() + "/workflow";
        var added = channel(url, "add", "teams:all");
        assertEquals(ExitCode.OK, added.exitCode(), added.err());

        assertTrue(
                channel("", "ls").out().contains("teams:all  stored\n"),
                channel("", "ls").out());
        channel("", "rm", "teams:all");
    }

    private static void mark(String owner, Channel channel, String reason, long expiresAt) {
        var place = STACK.cloud();
        place.withDynamoDb(dynamoDb -> {
            new Table(dynamoDb, place.table("Results"))
                    .put(Item.of("OWNER#" + owner, "BROKEN#" + channel.key())
                            .with("channel", channel.displayName())
                            .with("reason", reason)
                            .with("expiresAt", expiresAt));
            return null;
        });
    }

    private static Run channel(String input, String... arguments) {
        return STACK.runWith(
                input, Stream.concat(Stream.of("channel"), Stream.of(arguments)).toArray(String[]::new));
    }
}

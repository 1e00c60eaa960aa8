package dev.certtide.notifier;

import static dev.certtide.notifier.LocalProviders.tree;
import static dev.certtide.notifier.Samples.alarm;
import static dev.certtide.notifier.Samples.notification;
import static dev.certtide.notifier.StoredChannels.MESSENGER;
import static dev.certtide.notifier.StoredChannels.PAGERDUTY;
import static dev.certtide.notifier.StoredChannels.SLACK;
import static dev.certtide.notifier.StoredChannels.TEAMS;
import static dev.certtide.notifier.StoredChannels.TELEGRAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.notifier.LocalProviders.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider that is spoken to in HTTP and JSON, on loopback. */
@ExtendWith(Engines.class)
class ProvidersTest {
    private LocalProviders providers;
    private Table config;
    private Senders senders;

    @BeforeEach
    void providers(LocalDynamoDb dynamoDb) throws IOException {
        providers = new LocalProviders();
        config = dynamoDb.table();
        StoredChannels.store(config, providers.base());
        senders = StoredChannels.senders(config, providers.base());
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    static Stream<Channel.Stored> channels() {
        return Stream.of(SLACK, TEAMS, PAGERDUTY, TELEGRAM, MESSENGER);
    }

    static Stream<Arguments> channelsAndKinds() {
        return channels().flatMap(channel -> Stream.of(Kind.values()).map(kind -> Arguments.of(channel, kind)));
    }

    @ParameterizedTest
    @MethodSource("channelsAndKinds")
    void theProviderTakesEveryKindOfNotification(Channel channel, Kind kind) {
        var outcome = send(notification(channel, kind));
        assertEquals(Outcome.delivered(), outcome, () -> providers.request().body());
    }

    @ParameterizedTest
    @MethodSource("channels")
    void theProviderTakesAMessageOfAnyLengthAndAnyCharacters(Channel channel) {
        var text = "<!channel> & \"*bold*\" _x_ [a](https://evil.example) 🚨".repeat(2000);
        var notice = Samples.notice(notification(channel));
        var paragraphs = (text + "\n\n").repeat(5);
        var endless = new Notice(notice.notification(), notice.facts(), new MessageText(text, paragraphs));
        assertEquals(Outcome.delivered(), senders.send(endless));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void theSettingsOfAnOwnerComeBeforeTheDeploymentsAndNobodyElses(Channel.Stored channel) {
        var stored = config.get("SECRET##deployment", "CHANNEL#" + channel.id()).orElseThrow();
        config.delete("SECRET##deployment", "CHANNEL#" + channel.id());
        config.put(stored.with("pk", "SECRET#joe"));
        var outcome = assertInstanceOf(Outcome.Permanent.class, send(notification(channel)));
        assertEquals(
                channel.displayName() + " is not stored; store it with: certtide channel add " + channel.id(),
                outcome.reason());
        config.put(stored.with("pk", "SECRET#jane"));
        assertEquals(Outcome.delivered(), send(notification(channel)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "slack|400|invalid_payload|Permanent",
                "slack|403|action_prohibited|Permanent",
                "slack|404|no_service|Permanent",
                "slack|404|channel_not_found|Permanent",
                "slack|410|channel_is_archived|Permanent",
                "slack|500|rollup_error|Temporary",
                "slack|429|rate_limited|Throttled",
                "slack|503|-|Temporary",
                "slack|302|-|Permanent",
                "slack|200|invalid_payload|Permanent",
                "slack|200|no_service|Permanent",
                "slack|200|rate_limited|Throttled",
                "slack|200|<html>please log in</html>|Permanent",
                "teams|200|1|Delivered",
                "teams|200|-|Delivered",
                "teams|200|Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId tcid=0|Throttled",
                "teams|200|Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413 with ContextId tcid=0|Permanent",
                "teams|200|Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 503 with ContextId tcid=0|Temporary",
                "teams|200|Webhook Bad Request - Null or empty event|Permanent",
                "teams|401|{\"error\":{\"code\":\"DirectApiAuthorizationRequired\"}}|Permanent",
                "teams|404|{\"error\":{\"code\":\"WorkflowNotFound\"}}|Permanent",
                "teams|429|-|Throttled",
                "teams|502|{\"error\":{\"code\":\"NoResponse\"}}|Temporary",
                "pagerduty|200|{\"status\":\"success\"}|Permanent",
                "pagerduty|400|{\"status\":\"invalid event\"}|Permanent",
                "pagerduty|403|-|Permanent",
                "pagerduty|429|-|Throttled",
                "pagerduty|500|-|Temporary",
                "telegram|403|{\"ok\":false,\"error_code\":403,\"description\":\"Forbidden: bot was blocked by the user\"}|Permanent",
                "telegram|400|{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: chat not found\"}|Permanent",
                "telegram|400|{\"ok\":false,\"error_code\":400,\"parameters\":{\"migrate_to_chat_id\":-1}}|Permanent",
                "telegram|401|{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}|Permanent",
                "telegram|200|{\"ok\":false,\"error_code\":403,\"description\":\"Forbidden\"}|Permanent",
                "telegram|200|{\"ok\":false,\"error_code\":500}|Temporary",
                "telegram|200|nonsense|Permanent",
                "telegram|502|<html>|Temporary",
                "messenger|400|{\"error\":{\"code\":10,\"error_subcode\":2018278}}|Permanent",
                "messenger|200|{\"error\":{\"code\":10,\"error_subcode\":2018278}}|Permanent",
                "messenger|400|{\"error\":{\"code\":190}}|Permanent",
                "messenger|400|{\"error\":{\"code\":551}}|Permanent",
                "messenger|400|{\"error\":{\"code\":100,\"error_subcode\":2018001}}|Permanent",
                "messenger|400|{\"error\":{\"code\":613}}|Throttled",
                "messenger|400|{\"error\":{\"code\":4}}|Throttled",
                "messenger|500|{\"error\":{\"code\":2,\"is_transient\":true}}|Temporary",
                "messenger|400|{\"error\":{\"code\":1200}}|Temporary",
                "messenger|400|{\"error\":{\"code\":99999,\"is_transient\":true}}|Temporary",
                "messenger|400|{\"error\":{\"code\":99999}}|Permanent",
                "messenger|200|{}|Permanent",
                "messenger|200|nonsense|Permanent",
                "messenger|503|-|Temporary",
            })
    void anAnswerIsUnderstoodAsTheProviderMeansIt(String type, int status, String body, String outcome) {
        providers.answersNext(new Reply(status, body == null ? "" : body));
        var channel =
                channels().filter(one -> one.type().equals(type)).findFirst().orElseThrow();
        var judged = send(notification(channel));
        assertEquals(outcome, judged.getClass().getSimpleName(), judged.toString());
        assertFalse(judged.toString().contains("s3cret"), judged.toString());
    }

    @Test
    void whenToComeBackIsHeeded() {
        providers.answersNext(
                new Reply(
                        429,
                        "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 35\",\"parameters\":{\"retry_after\":35}}"));
        assertEquals(Optional.of(Duration.ofSeconds(35)), after(send(notification(TELEGRAM))));
        providers.answersNext(new Reply(429, "rate_limited", Map.of("Retry-After", "30")));
        assertEquals(Optional.of(Duration.ofSeconds(30)), after(send(notification(SLACK))));
        providers.answersNext(new Reply(503, "", Map.of("Retry-After", "Sat, 21 Nov 2026 13:10:00 GMT")));
        assertEquals(Optional.of(Duration.ofMinutes(10)), after(send(notification(PAGERDUTY))));
        providers.answersNext(new Reply(429, "", Map.of("Retry-After", "soon")));
        assertEquals(Optional.empty(), after(send(notification(TEAMS))));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void aProviderThatIsAwayIsTriedAnotherTimeAndNothingSecretIsTold(Channel channel) {
        providers.close();
        var outcome = assertInstanceOf(Outcome.Temporary.class, send(notification(channel)));
        assertFalse(outcome.toString().contains("s3cret"), outcome.toString());
        assertTrue(outcome.reason().endsWith("refuses connections"), outcome.reason());
    }

    @Test
    void anAddressThatMayNotBeVisitedIsRefused() {
        config.put(StoredChannels.settings(SLACK).with("url", "http://169.254.169.254/s3cret"));
        var outcome = assertInstanceOf(Outcome.Permanent.class, send(notification(SLACK)));
        assertFalse(outcome.toString().contains("s3cret"), outcome.toString());
        config.put(StoredChannels.settings(SLACK).with("url", "s3cret nonsense"));
        assertEquals(
                new Outcome.Permanent(
                        "channel.name",
                        "the url of Slack (ops) is no https address; store it anew with: certtide channel add slack:ops"),
                send(notification(SLACK)));
    }

    /** PagerDuty joins what has the same key: the alert is resolved that was triggered. */
    @Test
    void pagerDutyHearsOfTheEndUnderTheKeyOfTheBeginning() {
        send(notification(PAGERDUTY, Kind.OPENED));
        var opened = tree(providers.request().body());
        send(notification(PAGERDUTY, Kind.REMINDER));
        var reminded = tree(providers.request().body());
        send(notification(PAGERDUTY, Kind.RECOVERED));
        var over = tree(providers.request().body());
        assertEquals("trigger", opened.path("event_action").asText());
        assertEquals("resolve", over.path("event_action").asText());
        assertEquals("inc_1/jane", opened.path("dedup_key").asText());
        assertEquals(opened.path("dedup_key"), reminded.path("dedup_key"));
        assertEquals(opened.path("dedup_key"), over.path("dedup_key"));
        assertEquals("critical", opened.at("/payload/severity").asText());
        assertTrue(over.path("payload").isMissingNode());
    }

    @Test
    void aTestLeavesNoAlertBehind() {
        send(notification(PAGERDUTY, Kind.TEST));
        var tried = tree(providers.request().body());
        var ended = tree(providers.request().body());
        assertEquals("trigger", tried.path("event_action").asText());
        assertEquals("resolve", ended.path("event_action").asText());
        assertEquals(tried.path("dedup_key"), ended.path("dedup_key"));
    }

    @Test
    void pagerDutyHearsThatSomebodyIsAtItUnderTheKeyOfTheBeginning() {
        send(notification(PAGERDUTY, Kind.ACKNOWLEDGED));
        var acknowledged = tree(providers.request().body());
        assertEquals("acknowledge", acknowledged.path("event_action").asText());
        assertEquals("inc_1/jane", acknowledged.path("dedup_key").asText());
        assertTrue(acknowledged.path("payload").isMissingNode());
    }

    /** PagerDuty adds to what is acknowledged without calling anybody. */
    @Test
    void whatGetsWorseAfterSomebodyWasAtItCallsAnewAndTakesThePlaceOfTheOld() {
        send(alarm(notification(PAGERDUTY, Kind.CHANGED), 1));
        var next = tree(providers.request().body());
        var before = tree(providers.request().body());
        assertEquals("trigger", next.path("event_action").asText());
        assertEquals("inc_1/jane#2", next.path("dedup_key").asText());
        assertEquals("resolve", before.path("event_action").asText());
        assertEquals("inc_1/jane", before.path("dedup_key").asText());
        send(alarm(notification(PAGERDUTY, Kind.RECOVERED), 1));
        assertEquals(
                "inc_1/jane#2",
                tree(providers.request().body()).path("dedup_key").asText());
        assertEquals(0, providers.waiting());
    }

    @Test
    void aKeyThatIsTooLongForPagerDutyIsShortenedAndStaysDifferent() {
        var one = PagerDutySender.dedupKey(ofOwner("a".repeat(128), "inc_" + "b".repeat(200)));
        var other = PagerDutySender.dedupKey(ofOwner("a".repeat(127) + "c", "inc_" + "b".repeat(200)));
        assertTrue(one.length() <= 255, one);
        assertNotEquals(one, other);
    }

    private static Notification ofOwner(String owner, String incident) {
        var sample = notification(PAGERDUTY);
        return new Notification(
                sample.key(),
                sample.kind(),
                new Owner(owner),
                PAGERDUTY,
                sample.target(),
                sample.status(),
                incident,
                sample.since(),
                sample.at(),
                sample.findings(),
                sample.leaf());
    }

    private Outcome send(Notification notification) {
        return senders.send(Samples.notice(notification));
    }

    private static Optional<Duration> after(Outcome outcome) {
        return assertInstanceOf(Outcome.Throttled.class, outcome).after();
    }
}

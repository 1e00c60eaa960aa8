package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.JANE;
import static dev.certtide.notifier.Samples.NOW;
import static dev.certtide.notifier.Samples.alsoTold;
import static dev.certtide.notifier.Samples.notification;
import static dev.certtide.notifier.Samples.withFallbacks;
import static dev.certtide.notifier.StoredChannels.SLACK;
import static dev.certtide.notifier.StoredChannels.TEAMS;
import static dev.certtide.notifier.StoredChannels.TELEGRAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.BrokenChannels;
import dev.certtide.kit.Claims;
import dev.certtide.kit.Queue;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import dev.certtide.kit.engine.memory.MemorySqs;
import dev.certtide.kit.engine.memory.Mischief;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.notifier.Delivery.Result;
import dev.certtide.notifier.LocalProviders.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets to know what when channels do not work: nobody the same twice, and everybody what is broken once. */
class BrokenChannelTest {
    private static final Reply GONE = new Reply(404, "no_service");
    private static final Owner OWNER = new Owner("jane");

    private final MemoryDynamoDb dynamoDb = new MemoryDynamoDb(this::now);
    private final MemorySqs sqs = new MemorySqs(this::now, Mischief.none());
    private final String queue =
            sqs.createQueue(request -> request.queueName("notifications")).queueUrl();
    private final Table config = new Table(dynamoDb, dynamoDb.newTable());
    private final Table results = new Table(dynamoDb, dynamoDb.newTable());
    private final BrokenChannels broken = new BrokenChannels(results, this::now);
    private LocalProviders providers;
    private Delivery delivery;
    private Instant now = NOW;

    @BeforeEach
    void delivery() throws IOException {
        providers = new LocalProviders();
        StoredChannels.store(config, providers.base());
        var secrets = new Secrets(config);
        delivery = new Delivery(
                new Claims(new Table(dynamoDb, dynamoDb.newTable()), this::now),
                new Texts(config, secrets),
                StoredChannels.senders(config, providers.base()),
                new Detours(broken, secrets, new Queue(sqs, queue), this::now),
                new Trials(results, this::now));
    }

    private Instant now() {
        return now == null ? NOW : now;
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void whoIsToldTheSameIsToldOnceThatTheOtherChannelIsBrokenAndNothingElse() {
        providers.answersNext(GONE);
        assertEquals(Result.PASSED_ON, deliver(alsoTold(notification(SLACK, "a"), TELEGRAM)));
        var notice = passedOn().getFirst();
        assertEquals(Kind.CHANNEL_BROKEN, notice.kind());
        assertEquals(TELEGRAM, notice.channel());
        assertEquals(Result.TOLD, deliver(notice));
        providers.request();
        var text = LocalProviders.tree(providers.request().body()).path("text").asText();
        assertEquals("""
                Broken channel: Slack (ops) does not work

                Slack (ops) does not work. You are told over your other channels meanwhile.

                Why: Slack (ops) answered 404 no_service
                Since: 21 November 2026 13:00 UTC, just now
                What to do: Mend it on their side, or store it anew (certtide channel add slack:ops), and try it: \
                certtide channel test slack:ops --owner jane

                It is tried again in some hours. This is not said again before.""", text);

        now = now.plus(Duration.ofHours(1));
        providers.answersNext(GONE);
        assertEquals(Result.PASSED_ON, deliver(alsoTold(notification(SLACK, "b"), TELEGRAM)));
        assertEquals(List.of(), passedOn(), "once for each mark, and not for each message");
    }

    @Test
    void whenBothAreBrokenTheMessageIsKeptWithTheReason() {
        providers.answersNext(GONE);
        deliver(alsoTold(notification(SLACK, "a"), TELEGRAM));
        var notice = passedOn().getFirst();
        providers.answersNext(new Reply(403, "{\"ok\":false,\"error_code\":403,\"description\":\"bot was blocked\"}"));
        assertThrows(InvalidInputException.class, () -> deliver(alsoTold(notification(TELEGRAM, "b"), SLACK)));
        providers.answersNext(new Reply(403, "{\"ok\":false,\"error_code\":403,\"description\":\"bot was blocked\"}"));
        assertThrows(InvalidInputException.class, () -> deliver(notice));
        assertEquals(List.of(), passedOn());
    }

    @Test
    void whatNobodyElseIsToldIsToldInFullByOneThatWorks() {
        broken.mark(OWNER, TEAMS, true, "it is gone");
        providers.answersNext(GONE);
        deliver(withFallbacks(notification(SLACK, "a"), TEAMS, TELEGRAM, JANE));
        var told = passedOn();
        assertEquals(1, told.size(), "its note says what is broken");
        assertEquals(Kind.OPENED, told.getFirst().kind());
        assertEquals(TELEGRAM, told.getFirst().channel());
        assertEquals(List.of(TEAMS, JANE), told.getFirst().fallbacks());
    }

    @Test
    void whoWasToBeToldTheSameAndCantBeReachedLeavesItToTheFallback() {
        broken.mark(OWNER, TELEGRAM, true, "it is gone");
        providers.answersNext(GONE);
        deliver(alsoTold(withFallbacks(notification(SLACK, "a"), JANE), TELEGRAM));
        assertEquals(
                List.of(JANE), passedOn().stream().map(Notification::channel).toList());
    }

    @Test
    void thatAChannelIsBrokenIsToldByAnotherIfNeedBe() {
        providers.answersNext(GONE);
        deliver(alsoTold(notification(SLACK, "a"), TELEGRAM, TEAMS));
        var notice = passedOn().getFirst();
        providers.answersNext(new Reply(403, "{\"ok\":false,\"error_code\":403,\"description\":\"bot was blocked\"}"));
        assertEquals(Result.PASSED_ON, deliver(notice));
        var both = passedOn();
        assertEquals(
                Set.of("Slack (ops) answered 404 no_service", notice.channel().displayName()),
                Set.of(
                        both.getFirst().note().orElseThrow(),
                        both.getLast().broken().orElseThrow().displayName()));
        assertTrue(both.stream().allMatch(one -> !one.channel().equals(notice.channel())));
    }

    /** It dies when the channel is marked and nobody has been told. */
    @Test
    void aCrashBeforeTheOwnerKnowsIsMadeUpFor() {
        broken.mark(OWNER, SLACK, true, "it is gone");
        now = now.plus(Duration.ofMinutes(2));
        providers.answersNext(GONE);
        deliver(alsoTold(notification(SLACK, "a"), TELEGRAM));
        assertEquals(NOW, passedOn().getFirst().since());
        assertTrue(broken.mark(OWNER, SLACK, true, "it is gone").isTold());
    }

    @Test
    void aMarkEndsAfterSixHoursWithoutAFailureAndTheNextOneIsToldAgain() {
        providers.answersNext(GONE);
        deliver(alsoTold(notification(SLACK, "a"), TELEGRAM));
        passedOn();
        assertEquals(Map.of("slack:ops", NOW.plus(Duration.ofHours(6)).plusSeconds(1)), broken.of(OWNER));
        now = now.plus(Duration.ofHours(6)).plusSeconds(1);
        assertEquals(Map.of(), broken.of(OWNER));
        providers.answersNext(GONE);
        deliver(alsoTold(notification(SLACK, "b"), TELEGRAM));
        assertEquals(now, passedOn().getFirst().since());
    }

    @Test
    void aChannelOfTheDeploymentThatWorksForOneWorksForAll() {
        var joe = new Owner("joe");
        broken.mark(OWNER, SLACK, true, "it is gone");
        broken.mark(joe, SLACK, true, "it is gone");
        deliver(notification(SLACK, "a"));
        assertEquals(Map.of(), broken.of(joe));
    }

    @Test
    void anOwnersOwnChannelSaysNothingOfThatOfTheDeployment() {
        var joe = new Owner("joe");
        config.put(dev.certtide.kit.Item.of("SECRET#jane", "CHANNEL#slack:ops")
                .with("url", providers.base() + LocalProviders.SLACK_PATH));
        broken.mark(joe, SLACK, true, "it is gone");
        deliver(notification(SLACK, "a"));
        assertEquals(Set.of("slack:ops"), broken.of(joe).keySet());
    }

    private Result deliver(Notification notification) {
        return delivery.deliver(notification, Samples.FIRST);
    }

    private List<Notification> passedOn() {
        return sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(10)).messages().stream()
                .peek(message ->
                        sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle())))
                .map(message ->
                        CloudEvent.read(Notification.class, message.body()).data())
                .toList();
    }
}

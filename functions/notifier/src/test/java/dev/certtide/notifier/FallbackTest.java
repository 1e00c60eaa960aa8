package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.JANE;
import static dev.certtide.notifier.Samples.NOW;
import static dev.certtide.notifier.Samples.notification;
import static dev.certtide.notifier.Samples.withFallbacks;
import static dev.certtide.notifier.StoredChannels.MESSENGER;
import static dev.certtide.notifier.StoredChannels.SLACK;
import static dev.certtide.notifier.StoredChannels.TELEGRAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.BrokenChannels;
import dev.certtide.kit.Claims;
import dev.certtide.kit.Item;
import dev.certtide.kit.Queue;
import dev.certtide.kit.RetryLaterException;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.Notification;
import dev.certtide.notifier.Delivery.Result;
import dev.certtide.notifier.LocalProviders.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when a channel can't be used. */
@ExtendWith(Engines.class)
class FallbackTest {
    private LocalProviders providers;
    private LocalSqs sqs;
    private String queue;
    private Table config;
    private Table results;
    private Delivery delivery;

    @BeforeEach
    void delivery(LocalDynamoDb dynamoDb, LocalSqs sqs) throws IOException {
        this.sqs = sqs;
        providers = new LocalProviders();
        queue = sqs.newQueue();
        config = dynamoDb.table();
        results = dynamoDb.table();
        StoredChannels.store(config, providers.base());
        delivery = new Delivery(
                new Claims(dynamoDb.table(), () -> NOW),
                new Texts(config, new Secrets(config)),
                StoredChannels.senders(config, providers.base()),
                new Detours(
                        new BrokenChannels(results, () -> NOW),
                        new Secrets(config),
                        new Queue(sqs.client(), queue),
                        () -> NOW),
                new Trials(results, () -> NOW));
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void whatAChannelRefusesForGoodIsToldByTheNextOneWhichSaysWhy() {
        var notification = withFallbacks(notification(SLACK), TELEGRAM, MESSENGER);
        providers.answersNext(new Reply(404, "no_service"));
        assertEquals(Result.PASSED_ON, delivery.deliver(notification, Samples.FIRST));
        providers.request();

        var next = passedOn().getFirst();
        assertEquals(TELEGRAM, next.channel());
        assertEquals(List.of(MESSENGER), next.fallbacks());
        assertEquals(Result.TOLD, delivery.deliver(next, Samples.FIRST));
        var text = LocalProviders.tree(providers.request().body()).path("text").asText();
        assertTrue(
                text.contains(
                        "\n\nYou get this here because Slack (ops) does not work: Slack (ops) answered 404 no_service.\n\n"),
                text);
        assertEquals(Result.KNOWN, delivery.deliver(notification, Samples.FIRST), "it is not refused again");
        assertEquals(0, providers.waiting());
    }

    @Test
    void aChannelThatCantBeUsedIsMarkedUntilItWorksAgain() {
        providers.answersNext(new Reply(410, "channel_is_archived"));
        delivery.deliver(withFallbacks(notification(SLACK, "a"), JANE), Samples.FIRST);
        var mark = mark().orElseThrow();
        assertEquals("Slack (ops) answered 410 channel_is_archived", mark.get("reason"));
        assertEquals("Slack (ops)", mark.get("channel"));
        assertEquals(NOW.toString(), mark.get("at"));
        assertEquals(Optional.of(NOW.plus(Duration.ofHours(6)).getEpochSecond()), mark.findNumber("expiresAt"));
        delivery.deliver(notification(SLACK, "b"), Samples.FIRST);
        assertEquals(Optional.empty(), mark());
    }

    @Test
    void withoutAFallbackItIsKeptWithTheReasonAndNothingIsPassedOn() {
        providers.answersNext(new Reply(404, "no_service"));
        var refusal =
                assertThrows(InvalidInputException.class, () -> delivery.deliver(notification(SLACK), Samples.FIRST));
        assertEquals("channel.name: Slack (ops) answered 404 no_service", refusal.getMessage());
        assertTrue(mark().isPresent());
        assertEquals(List.of(), passedOn());
        assertEquals(
                Result.TOLD, delivery.deliver(notification(SLACK), Samples.FIRST), "a dead letter may be redriven");
    }

    /** Messenger's 24 hours. */
    @Test
    void whoHasNotWrittenForADayIsToldOtherwise() {
        providers.answersNext(new Reply(400, "{\"error\":{\"code\":10,\"error_subcode\":2018278}}"));
        assertEquals(Result.PASSED_ON, delivery.deliver(withFallbacks(notification(MESSENGER), SLACK), Samples.FIRST));
        var note = passedOn().getFirst().note().orElseThrow();
        assertTrue(note.contains("Messenger (jane) lets nobody write who has not been written to"), note);
    }

    @Test
    void aChannelThatMayWorkLaterIsTriedAgainAndNothingIsMarked() {
        providers.answersNext(new Reply(503, ""));
        var later = assertThrows(
                RetryLaterException.class,
                () -> delivery.deliver(
                        withFallbacks(notification(SLACK), JANE), new Attempt(4, Duration.ofMinutes(10))));
        assertEquals(Duration.ofMinutes(4), later.delay());
        assertEquals(Optional.empty(), mark());
        assertEquals(Result.TOLD, delivery.deliver(withFallbacks(notification(SLACK), JANE), Samples.FIRST));
    }

    @Test
    void afterADayOfServerErrorsItIsADeadLetterWithTheReason() {
        providers.answersNext(new Reply(500, ""));
        var refusal = assertThrows(
                InvalidInputException.class,
                () -> delivery.deliver(notification(SLACK), new Attempt(20, Duration.ofHours(24))));
        assertEquals("channel: it has not worked for 24 hours: Slack (ops) answered 500", refusal.getMessage());
    }

    @Test
    void afterAnHourOfServerErrorsTheFallbackTellsIt() {
        providers.answersNext(new Reply(500, ""));
        assertEquals(
                Result.PASSED_ON,
                delivery.deliver(withFallbacks(notification(SLACK), JANE), new Attempt(8, Duration.ofHours(1))));
        assertEquals(
                "You get this here because Slack (ops) does not work: it has not worked for an hour: Slack (ops) answered 500.",
                passedOn().getFirst().note().orElseThrow());
    }

    /** A crash after the fallback was handed over and before that was recorded. */
    @Test
    void aFallbackThatIsHandedOverTwiceTellsOnce() {
        var next = withFallbacks(notification(SLACK), TELEGRAM).over(TELEGRAM, "why");
        assertEquals(Result.TOLD, delivery.deliver(next, Samples.FIRST));
        assertEquals(Result.KNOWN, delivery.deliver(next, Samples.FIRST));
        assertEquals(1, providers.waiting());
    }

    @Test
    void nothingThatIsPassedOnHoldsASecret() {
        config.delete("SECRET##deployment", "CHANNEL#" + TELEGRAM.id());
        delivery.deliver(withFallbacks(notification(TELEGRAM), SLACK), Samples.FIRST);
        var message = sqs.drain(queue).getFirst().body();
        assertFalse(message.contains("s3cret"), message);
    }

    @Test
    void aTestIsTriedOnceAndWhoAskedForItIsToldHowItWent() {
        var test = notification(SLACK, Notification.Kind.TEST);
        providers.answersNext(new Reply(503, ""));
        assertEquals(Result.FAILED, delivery.deliver(test, Samples.FIRST));
        var trial = results.get("OWNER#jane", "TEST#" + test.key()).orElseThrow();
        assertEquals("temporary", trial.get("outcome"));
        assertEquals("Slack (ops) answered 503", trial.get("reason"));
        assertEquals(Optional.empty(), mark(), "a test changes nothing");
        assertEquals(Result.KNOWN, delivery.deliver(test, Samples.FIRST));
    }

    @Test
    void aTestThatArrivesTakesTheMarkAway() {
        providers.answersNext(new Reply(404, "no_service"));
        delivery.deliver(withFallbacks(notification(SLACK), JANE), Samples.FIRST);
        var test = notification(SLACK, Notification.Kind.TEST);
        assertEquals(Result.TOLD, delivery.deliver(test, Samples.FIRST));
        assertEquals(
                "delivered",
                results.get("OWNER#jane", "TEST#" + test.key()).orElseThrow().get("outcome"));
        assertEquals(Optional.empty(), mark());
    }

    private List<Notification> passedOn() {
        return sqs.drain(queue).stream()
                .map(message ->
                        CloudEvent.read(Notification.class, message.body()).data())
                .toList();
    }

    private Optional<Item> mark() {
        return results.get("OWNER#jane", "BROKEN#slack:ops");
    }
}

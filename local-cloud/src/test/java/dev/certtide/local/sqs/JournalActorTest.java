package dev.certtide.local.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.MessageContent;
import org.elasticmq.NeverReceived$;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.collection.mutable.ArrayBuffer;

/** A queue waits for the journal's answer to each change: one that never comes stops the queue for good. */
class JournalActorTest {
    private static final int RECEIPTS = 50_000;

    @TempDir
    Path folder;

    private final ActorSystem system = ActorSystem.create("journal-test");
    private Journal journal;
    private ActorRef actor;

    @BeforeEach
    void open() {
        journal = new Journal(folder.resolve("queues.journal"));
        journal.queue("q", Journal.JSON.createObjectNode());
        actor = system.actorOf(Props.create(JournalActor.class, () -> new JournalActor(journal)));
    }

    @AfterEach
    void stop() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    @Test
    void aChangeThatCannotBeWrittenIsAnsweredAndTheNextOneIsWritten() {
        assertThrows(CompletionException.class, () -> ask(new QueueEvent.MessageAdded("q", message("1", null))));

        assertEquals(OperationSuccessful$.MODULE$, ask(new QueueEvent.MessageAdded("q", message("2", "body"))));
        assertEquals(java.util.Set.of("2"), journal.queues().get("q").messages().keySet());
    }

    @Test
    void aMessageIsReadWhileItsQueueReceivesIt() {
        var message = message("1", "body");
        var receiving = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < RECEIPTS; i++) {
                message.deliveryReceipts().append("receipt");
            }
        });

        while (receiving.isAlive()) {
            Kept.changing(message);
        }

        assertEquals(RECEIPTS, Kept.changing(message).path("receipts").size());
    }

    private Object ask(Object event) {
        return Patterns.ask(actor, event, Duration.ofSeconds(10))
                .toCompletableFuture()
                .join();
    }

    private static InternalMessage message(String id, String body) {
        return new InternalMessage(
                id,
                new ArrayBuffer<>(),
                0,
                body == null ? null : new MessageContent(body),
                scala.collection.immutable.Map$.MODULE$.empty(),
                OffsetDateTime.parse("2026-11-21T13:00:00Z"),
                0,
                NeverReceived$.MODULE$,
                0,
                false,
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty());
    }
}

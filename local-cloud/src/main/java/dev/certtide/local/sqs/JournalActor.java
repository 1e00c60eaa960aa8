package dev.certtide.local.sqs;

import java.util.Optional;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Status;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;

/** Writes down what ElasticMQ reports; a queue acknowledges a message only when this actor has answered. */
final class JournalActor extends AbstractActor {
    private final Journal journal;

    JournalActor(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(
                        QueueEvent.MessageAdded.class,
                        event -> acknowledge(() -> journal.message(
                                event.queueName(), event.message().id(), Kept.message(event.message()))))
                .match(
                        QueueEvent.MessageUpdated.class,
                        event -> acknowledge(() -> journal.changed(
                                event.queueName(), event.message().id(), Kept.changing(event.message()))))
                .match(
                        QueueEvent.MessageRemoved.class,
                        event -> acknowledge(() -> journal.deleted(event.queueName(), event.messageId())))
                .match(
                        QueueEvent.QueueCreated.class,
                        event -> journal.queue(event.queue().name(), Kept.settings(event.queue())))
                .match(
                        QueueEvent.QueueMetadataUpdated.class,
                        event -> journal.queue(event.queue().name(), Kept.settings(event.queue())))
                .match(QueueEvent.QueueDeleted.class, event -> journal.queueDeleted(event.queueName()))
                .build();
    }

    /** Answers in any case: a queue waits for the answer, and without one it would wait for ever. */
    private void acknowledge(Runnable write) {
        try {
            write.run();
            getSender().tell(OperationSuccessful$.MODULE$, getSelf());
        } catch (RuntimeException e) {
            System.getLogger(JournalActor.class.getName()).log(System.Logger.Level.ERROR, "the journal", e);
            getSender().tell(new Status.Failure(e), getSelf());
        }
    }

    /** The journal is the same after a restart of this actor, and stays open; by default a restart is a stop. */
    @Override
    public void preRestart(Throwable reason, Optional<Object> message) {}

    @Override
    public void postStop() throws Exception {
        journal.close();
    }
}

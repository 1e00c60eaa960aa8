package dev.certtide.local.sqs;

import org.apache.pekko.actor.AbstractActor;
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
                .match(QueueEvent.MessageAdded.class, event -> {
                    journal.message(event.queueName(), event.message().id(), Kept.message(event.message()));
                    acknowledge();
                })
                .match(QueueEvent.MessageUpdated.class, event -> {
                    journal.changed(event.queueName(), event.message().id(), Kept.changing(event.message()));
                    acknowledge();
                })
                .match(QueueEvent.MessageRemoved.class, event -> {
                    journal.deleted(event.queueName(), event.messageId());
                    acknowledge();
                })
                .match(
                        QueueEvent.QueueCreated.class,
                        event -> journal.queue(event.queue().name(), Kept.settings(event.queue())))
                .match(
                        QueueEvent.QueueMetadataUpdated.class,
                        event -> journal.queue(event.queue().name(), Kept.settings(event.queue())))
                .match(QueueEvent.QueueDeleted.class, event -> journal.queueDeleted(event.queueName()))
                .build();
    }

    private void acknowledge() {
        getSender().tell(OperationSuccessful$.MODULE$, getSelf());
    }

    @Override
    public void postStop() throws Exception {
        journal.close();
    }
}

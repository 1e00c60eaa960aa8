package dev.certtide.local.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import dev.certtide.local.template.Place;
import dev.certtide.local.template.QueueSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.CreateQueueData;
import org.elasticmq.DeadLettersQueueData;
import org.elasticmq.MillisVisibilityTimeout;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.msg.CreateQueue;
import org.elasticmq.msg.LookupQueue;
import org.elasticmq.msg.RestoreMessages;
import org.elasticmq.msg.UpdateQueueDeadLettersQueue;
import org.elasticmq.msg.UpdateQueueDefaultVisibilityTimeout;
import org.elasticmq.msg.UpdateQueueDelay;
import org.elasticmq.msg.UpdateQueueReceiveMessageWait;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.collection.immutable.List$;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * SQS: ElasticMQ in this process, on loopback. It runs on real time, also when the rest of the cloud has a clock that
 * is turned by hand: a visibility timeout guards work that is going on now.
 */
public final class Queues implements AutoCloseable {
    private final ActorSystem system;
    private final ActorRef manager;
    private final SQSRestServer server;
    private final URI endpoint;

    /**
     * Starts the engine, and brings back the queues and messages that are in {@code data}.
     *
     * @param data folder in which messages are kept; in memory when empty
     */
    public Queues(Place place, Optional<Path> data) {
        // Pekko must neither print to the console nor outlive the cloud.
        var configuration = ConfigFactory.parseMap(Map.of(
                        "pekko.loglevel", "ERROR",
                        "pekko.stdout-loglevel", "OFF",
                        "pekko.log-dead-letters", "off",
                        "pekko.daemonic", "on",
                        "pekko.jvm-exit-on-fatal-error", "off",
                        "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"))
                .withFallback(ConfigFactory.load(Queues.class.getClassLoader()));
        system = ActorSystem.create("sqs", configuration, Queues.class.getClassLoader());
        var journal = data.map(folder -> new Journal(folder.resolve("queues.journal")));
        var listener =
                journal.map(file -> system.actorOf(Props.create(JournalActor.class, () -> new JournalActor(file))));
        manager = system.actorOf(Props.create(
                QueueManagerActor.class,
                () -> new QueueManagerActor(
                        new NowProvider(), StrictSQSLimits$.MODULE$, Option.apply(listener.orElse(null)))));
        server = SQSRestServerBuilder.withActorSystem(system)
                .withQueueManagerActor(manager)
                .withInterface("127.0.0.1")
                .withDynamicPort()
                // Queue URLs name the one endpoint, not this engine.
                .withServerAddress(new NodeAddress(
                        "http", place.endpoint().getHost(), place.endpoint().getPort(), ""))
                .withAWSRegion(place.region())
                .withAWSAccountId(place.accountId())
                .start();
        journal.ifPresent(this::restore);
        endpoint = URI.create(
                "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
    }

    private void restore(Journal journal) {
        // A copy: while queues are made again, the journal hears of them.
        var kept = new TreeMap<>(journal.queues());
        kept.forEach((name, queue) -> {
            create(Kept.queue(name, queue.settings()));
            var messages = queue.messages().entrySet().stream()
                    .map(message -> Kept.message(message.getKey(), visibleAgain(message.getValue())))
                    .toList();
            Replies.await(Replies.ask(
                    lookup(name).orElseThrow(),
                    new RestoreMessages(List$.MODULE$.from(CollectionConverters.asScala(messages)))));
        });
        kept.forEach((name, queue) ->
                Kept.redrive(queue.settings()).ifPresent(redrive -> setRedrive(name, Optional.of(redrive))));
    }

    /**
     * A message that was received when the last process ended is visible at once: the functions that had it ended with
     * that process, and nobody would work on it until its timeout of minutes is over. SQS promises delivery at least
     * once, so whoever else may still hold it must expect this. One that was never received keeps its delay.
     */
    private static ObjectNode visibleAgain(ObjectNode message) {
        return message.path("count").asInt() > 0 ? message.deepCopy().put("next", 0) : message;
    }

    /** Where the engine itself listens: the same API as the endpoint of the cloud, one hop shorter. */
    public URI endpoint() {
        return endpoint;
    }

    /** Creates the queues of a template, or brings those that exist in line with it. */
    public void apply(List<QueueSpec> queues) {
        for (var queue : queues) {
            var existing = lookup(queue.name());
            if (existing.isPresent()) update(existing.get(), queue);
            else create(definition(queue));
        }
        // Only now: a dead-letter queue may come later in the template than those that use it.
        for (var queue : queues) {
            setRedrive(
                    queue.name(),
                    queue.redrive()
                            .map(to -> new DeadLettersQueueData(
                                    Place.nameOf(to.deadLetterQueueArn()), to.maxReceiveCount())));
        }
    }

    private void setRedrive(String name, Optional<DeadLettersQueueData> redrive) {
        var deadLetters = redrive.flatMap(to -> lookup(to.name()));
        Replies.await(Replies.ask(
                lookup(name).orElseThrow(),
                new UpdateQueueDeadLettersQueue(
                        Option.apply(redrive.orElse(null)), Option.apply(deadLetters.orElse(null)))));
    }

    private static CreateQueueData definition(QueueSpec queue) {
        return new CreateQueueData(
                queue.name(),
                Option.apply(
                        new MillisVisibilityTimeout(queue.visibilityTimeout().toMillis())),
                Option.apply(queue.delay()),
                Option.apply(queue.receiveWait()),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                false,
                false,
                Option.empty(),
                Option.empty(),
                Map$.MODULE$.empty());
    }

    private void create(CreateQueueData queue) {
        var result = Replies.await(Replies.ask(manager, new CreateQueue(queue)));
        if (result.isLeft()) throw new IllegalStateException("queue %s: %s".formatted(queue.name(), result.swap()));
    }

    private void update(ActorRef actor, QueueSpec queue) {
        Replies.await(Replies.ask(
                actor,
                new UpdateQueueDefaultVisibilityTimeout(
                        new MillisVisibilityTimeout(queue.visibilityTimeout().toMillis()))));
        Replies.await(Replies.ask(actor, new UpdateQueueDelay(queue.delay())));
        Replies.await(Replies.ask(actor, new UpdateQueueReceiveMessageWait(queue.receiveWait())));
    }

    /** The queue with that name, if it exists now: clients may delete and create queues at any time. */
    public Optional<Queue> find(String name) {
        return lookup(name).map(actor -> new Queue(name, actor));
    }

    private Optional<ActorRef> lookup(String name) {
        var found = Replies.await(Replies.ask(manager, new LookupQueue(name)));
        return found.isDefined() ? Optional.of(found.get()) : Optional.empty();
    }

    @Override
    public void close() {
        server.stopAndWait();
        try {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the queues did not stop", e);
        }
    }
}

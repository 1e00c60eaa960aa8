package dev.certtide.local.sqs;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.actor.reply.Replyable;

/** Asks ElasticMQ's actors and waits for what they answer. */
final class Replies {
    /** An actor answers in microseconds; with a store and a full disk cache it may take longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Replies() {}

    static <T> CompletableFuture<T> ask(ActorRef actor, Replyable<T> question) {
        return ask(actor, question, PATIENCE);
    }

    @SuppressWarnings("unchecked") // A Replyable<T> is answered by a T: that is its definition.
    static <T> CompletableFuture<T> ask(ActorRef actor, Replyable<T> question, Duration patience) {
        return (CompletableFuture<T>) Patterns.ask(actor, question, patience).toCompletableFuture();
    }

    /** @throws QueueUnavailableException if the queue is gone, or the cloud is being closed */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toSeconds() + 60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueueUnavailableException("interrupted while waiting for a queue", e);
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw new QueueUnavailableException("the queue does not answer", e);
        }
    }
}

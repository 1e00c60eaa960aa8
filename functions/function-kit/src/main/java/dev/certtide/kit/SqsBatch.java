package dev.certtide.kit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.certtide.kit.DeadLetters.Letter;
import dev.certtide.model.InvalidInputException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Works on the messages of one invocation, all at once, each for itself.
 *
 * <p>A message that fails comes back after its visibility timeout and the others do not (partial batch response), or
 * earlier when it is known when it can be worked on ({@link RetryLaterException}). One that can never succeed
 * ({@link InvalidInputException}) goes to the dead letters with its reason and is done with. One that is unfinished shortly
 * before the invocation's time is up counts as failed: nothing is lost.
 */
public final class SqsBatch {
    /** Time to answer Lambda before it ends the invocation and with it the whole batch. */
    private static final Duration RESERVE = Duration.ofMillis(500);

    /** Of that time, what those are given who did not end in time. */
    private static final Duration TO_TAKE_BACK = Duration.ofMillis(300);

    /** Most waits are for somebody who is about to finish: the first is short. It costs one of the queue's receives. */
    private static final Duration FIRST_DELAY = Duration.ofSeconds(2);

    /** Of what is refused of one message: the dead letters have all of it. */
    private static final int MOST_LOGGED = 10;

    private final Log log;
    private final DeadLetters deadLetters;
    private final Visibility visibility;

    /** A batch loop that logs there, buries there, and lets messages come back by that. */
    public SqsBatch(Log log, DeadLetters deadLetters, Visibility visibility) {
        this.log = log;
        this.deadLetters = deadLetters;
        this.visibility = visibility;
    }

    /** Works on one message. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does the work of one message.
         *
         * @throws InvalidInputException when the message can never be worked on
         * @throws RetryLaterException when it is known when the message can be worked on
         * @throws Exception when it may succeed another time
         */
        void on(SQSMessage message) throws Exception;
    }

    /** Does {@code work} for each message, and names those that must come back. */
    public SQSBatchResponse process(SQSEvent event, Context context, Work work) {
        var deadline = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(context.getRemainingTimeInMillis())
                - RESERVE.toNanos();
        // Closing the executor would wait for stragglers; these are interrupted, and reported as failed.
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var started = messages(event).stream()
                    .map(message -> Map.entry(message, executor.submit(() -> succeeds(message, work))))
                    .toList();
            return new SQSBatchResponse(started.stream()
                    .filter(entry -> !finished(entry.getValue(), deadline))
                    .map(entry -> new BatchItemFailure(entry.getKey().getMessageId()))
                    .toList());
        } finally {
            end(executor);
        }
    }

    /** Whoever is interrupted may have something to take back, and Lambda stops the world once it has the answer. */
    private static void end(ExecutorService executor) {
        executor.shutdownNow();
        try {
            executor.awaitTermination(TO_TAKE_BACK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean finished(Future<Boolean> outcome, long deadline) {
        try {
            return outcome.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (java.util.concurrent.TimeoutException outOfTime) {
            log.warn("out of time; the message comes back", Map.of());
            return false;
        } catch (java.util.concurrent.ExecutionException failed) {
            log.error("failed; the message comes back", failed.getCause());
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean succeeds(SQSMessage message, Work work) {
        var outcome = new boolean[1];
        Log.about(new Log.Subject(message.getMessageId(), traceOf(message)), () -> outcome[0] = attempt(message, work));
        return outcome[0];
    }

    private boolean attempt(SQSMessage message, Work work) {
        try {
            try {
                work.on(message);
            } catch (InvalidInputException invalid) {
                bury(List.of(new Letter(message.getBody(), invalid)));
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RetryLaterException later) {
            comeBack(message, later);
            return false;
        } catch (Exception failed) {
            log.error("failed; the message comes back", failed);
            return false;
        }
    }

    private void comeBack(SQSMessage message, RetryLaterException later) {
        var delay = !later.isExact() && isFirstTime(message) && later.delay().compareTo(FIRST_DELAY) > 0
                ? FIRST_DELAY
                : later.delay();
        log.info("comes back", Map.of("reason", later.getMessage(), "seconds", delay.toSeconds()));
        try {
            visibility.comeBack(message, delay);
        } catch (RuntimeException failed) {
            log.error("the message comes back after the queue's own timeout", failed);
        }
    }

    private static boolean isFirstTime(SQSMessage message) {
        return "1".equals(message.getAttributes().get("ApproximateReceiveCount"));
    }

    /**
     * Keeps texts that can never be worked on as dead letters.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when one could not be kept; the message must come back
     */
    public void bury(List<Letter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        deadLetters.send(letters);
        letters.stream()
                .limit(MOST_LOGGED)
                .forEach(letter ->
                        log.warn("refused", Map.of("reason", letter.reason().getMessage())));
        if (letters.size() > MOST_LOGGED) {
            log.warn("refused more of the same message", Map.of("number", letters.size() - MOST_LOGGED));
        }
        log.count("Refused", letters.size());
    }

    private static Optional<String> traceOf(SQSMessage message) {
        return Optional.ofNullable(message.getAttributes()).map(attributes -> attributes.get("AWSTraceHeader"));
    }

    // Lambda may send an event without records, as its console does.
    private static List<SQSMessage> messages(SQSEvent event) {
        return event.getRecords() == null ? List.of() : event.getRecords();
    }
}

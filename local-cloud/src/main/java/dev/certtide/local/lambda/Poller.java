package dev.certtide.local.lambda;

import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Meter;
import dev.certtide.local.sqs.Queue;
import dev.certtide.local.sqs.QueueUnavailableException;
import dev.certtide.local.sqs.Queues;
import dev.certtide.local.sqs.ReceivedMessage;
import dev.certtide.local.template.MappingSpec;
import dev.certtide.local.template.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * An event source mapping: receives messages, passes them to a function in batches, deletes those that it handled. What
 * failed is left in the queue and comes back after its visibility timeout, until the queue's redrive takes it out.
 *
 * <p>One thread receives and others invoke. So there is one waiting receive call for each queue, and a batch is taken
 * only when an invocation may start: while the function is busy, messages gather in the queue and batches fill up.
 */
final class Poller {
    /** Short, so that closing is quick. */
    private static final Duration WAIT = Duration.ofSeconds(1);
    /** Without a limit in the template Lambda starts with five, and adds more; one machine does not have more to give. */
    private static final int DEFAULT_CONCURRENCY = 10;

    private static final int MOST_IN_REQUEST = 10;

    private final MappingSpec mapping;
    private final Place place;
    private final Queues queues;
    private final UnaryOperator<byte[]> function;
    private final Meter meter;
    private final int concurrency;
    private final Semaphore free;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread receiver;

    Poller(MappingSpec mapping, Place place, Queues queues, UnaryOperator<byte[]> function, Meter meter) {
        this.meter = meter;
        this.mapping = mapping;
        this.place = place;
        this.queues = queues;
        this.function = function;
        concurrency = mapping.maximumConcurrency().orElse(DEFAULT_CONCURRENCY);
        free = new Semaphore(concurrency);
        receiver = Thread.ofVirtual().name("mapping-" + mapping.functionName()).start(this::receive);
    }

    private void receive() {
        try {
            while (running()) {
                free.acquire();
                var passedOn = false;
                try {
                    passedOn = receiveOnce();
                } catch (QueueUnavailableException e) {
                    // Deleted by a client; it may be created again.
                    stopped.await(1, TimeUnit.SECONDS);
                } finally {
                    if (!passedOn) free.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a batch was received and passed on, with the permit to run it. */
    private boolean receiveOnce() throws InterruptedException {
        var queue = queues.find(Place.nameOf(mapping.queueArn()));
        if (queue.isEmpty()) {
            stopped.await(1, TimeUnit.SECONDS);
            return false;
        }
        var messages = gather(queue.get());
        if (messages.isEmpty()) return false;
        Thread.ofVirtual().start(() -> {
            try {
                for (var batch : SqsEvents.batches(messages)) handle(queue.get(), batch);
            } finally {
                free.release();
            }
        });
        return true;
    }

    private List<ReceivedMessage> gather(Queue queue) {
        var messages = new ArrayList<>(receive(queue, mapping.batchSize(), WAIT));
        long end = System.nanoTime() + mapping.window().toNanos();
        while (!messages.isEmpty() && messages.size() < mapping.batchSize() && running()) {
            var left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive()) break;
            messages.addAll(
                    receive(queue, mapping.batchSize() - messages.size(), left.compareTo(WAIT) < 0 ? left : WAIT));
        }
        return messages;
    }

    /** On AWS a request brings, and deletes, at most ten messages. */
    private List<ReceivedMessage> receive(Queue queue, int maximum, Duration wait) {
        var messages = queue.receive(maximum, wait);
        for (int i = 0; i == 0 || i < messages.size(); i += MOST_IN_REQUEST) {
            var request = messages.subList(i, Math.min(messages.size(), i + MOST_IN_REQUEST));
            meter.request(
                    Charge.SQS_REQUESTS,
                    queue.name(),
                    request.stream().mapToLong(ReceivedMessage::size).sum());
        }
        if (messages.isEmpty()) meter.add(Charge.SQS_EMPTY_RECEIVES, queue.name(), 1);
        return messages;
    }

    private void delete(Queue queue, List<String> receiptHandles) {
        queue.delete(receiptHandles);
        meter.add(Charge.SQS_REQUESTS, queue.name(), Math.ceilDiv(receiptHandles.size(), MOST_IN_REQUEST));
    }

    private void handle(Queue queue, List<ReceivedMessage> batch) {
        var ids = batch.stream().map(ReceivedMessage::messageId).toList();
        byte[] answer;
        try {
            answer = function.apply(SqsEvents.event(batch, mapping.queueArn(), place.region()));
        } catch (FunctionException e) {
            return; // Told in the function's log; the messages come back by themselves.
        }
        var failed = mapping.reportsBatchItemFailures() ? BatchResponse.failures(ids, answer) : List.<String>of();
        try {
            delete(
                    queue,
                    batch.stream()
                            .filter(message -> !failed.contains(message.messageId()))
                            .map(ReceivedMessage::receiptHandle)
                            .toList());
        } catch (QueueUnavailableException e) {
            // The queue is gone, and the messages with it.
        }
    }

    private boolean running() {
        return stopped.getCount() > 0;
    }

    /** Receives no more. */
    void stop() {
        stopped.countDown();
    }

    /** Waits until no batch is being handled, or the time is over. */
    void awaitStop(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        receiver.join(patience);
        free.tryAcquire(concurrency, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}

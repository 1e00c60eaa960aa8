package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InOrderTest {
    @Test
    void resultsComeInTheOrderOfTheSourceHoweverTheWorkEnds() throws Exception {
        var lastIsDone = new CountDownLatch(1);
        var results = new ArrayList<Integer>();

        new InOrder<Integer, Integer>(10, number -> {
                    if (number == 0) {
                        await(lastIsDone);
                    } else if (number == 99) {
                        lastIsDone.countDown();
                    }
                    return number;
                })
                .run(numbers(100), results::add);

        assertEquals(IntStream.range(0, 100).boxed().toList(), results);
    }

    @Test
    void noMoreIsDoneAtATimeThanWasAskedFor() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var together = new Phaser(3);

        new InOrder<Integer, Integer>(3, number -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    together.arriveAndAwaitAdvance();
                    running.decrementAndGet();
                    return number;
                })
                .run(numbers(30), result -> true);

        assertEquals(3, most.get());
    }

    @Test
    void theSourceIsReadNoFurtherAheadThanResultsAreTaken() throws Exception {
        var read = new AtomicInteger();
        InOrder.Source<Integer> endless = taker -> {
            while (true) {
                taker.take(read.incrementAndGet());
            }
        };
        var taken = new AtomicInteger();

        new InOrder<Integer, Integer>(2, number -> number).run(endless, result -> {
            assertTrue(read.get() - taken.get() < 50, () -> read + " read, " + taken + " taken");
            return taken.incrementAndGet() < 10_000;
        });

        assertEquals(10_000, taken.get());
    }

    @Test
    void whoWantsNoMoreDoesNotWaitForASourceThatHangs() throws Exception {
        var never = new CountDownLatch(1);
        InOrder.Source<Integer> hanging = taker -> {
            taker.take(1);
            never.await();
        };

        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> new InOrder<Integer, Integer>(1, number -> number).run(hanging, result -> false));
    }

    @Test
    void aSourceThatFailsIsToldAfterWhatItGave() {
        InOrder.Source<Integer> failing = taker -> {
            taker.take(1);
            throw new IllegalStateException("the file is gone");
        };
        List<Integer> results = new ArrayList<>();

        var failure = assertThrows(IllegalStateException.class, () -> new InOrder<Integer, Integer>(1, number -> number)
                .run(failing, results::add));

        assertEquals("the file is gone", failure.getMessage());
        assertEquals(List.of(1), results);
    }

    @Test
    void aSourceThatExhaustsTheMemoryDoesNotLeaveItsReaderWaiting() {
        InOrder.Source<Integer> exhausting = _ -> {
            throw new OutOfMemoryError("an endless line");
        };

        var failure = assertThrows(IllegalStateException.class, () -> new InOrder<Integer, Integer>(1, number -> number)
                .run(exhausting, _ -> true));

        assertEquals("an endless line", failure.getCause().getMessage());
    }

    private static InOrder.Source<Integer> numbers(int count) {
        return taker -> {
            for (var i = 0; i < count; i++) {
                taker.take(i);
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SideBySideTest {
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void thingsOfDifferentKeysAreWorkedOnAtOnceAndNoMoreThanAllowed() {
        var together = new CyclicBarrier(3);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var things = IntStream.range(0, 9).boxed().toList();
        SideBySide.each(things, thing -> thing, 3, _ -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            await(together);
            now.decrementAndGet();
        });
        assertTrue(most.get() <= 3, most::toString);
    }

    @Test
    void thingsOfOneKeyAreWorkedOnInTheirOrder() {
        var things = IntStream.range(0, 100)
                .mapToObj(i -> "ab".charAt(i % 2) + "" + i)
                .toList();
        SideBySide.each(things, thing -> thing.charAt(0), 8, done::add);
        assertEquals(
                things.stream().filter(thing -> thing.startsWith("a")).toList(),
                done.stream().filter(thing -> thing.startsWith("a")).toList());
        assertEquals(100, done.size());
    }

    @Test
    void whereOneFailsItsKeyIsLeftAndAllOthersAreDone() {
        var things = List.of("a1", "a2", "b1", "c1", "c2", "d1");
        var failure = assertThrows(
                IllegalStateException.class, () -> SideBySide.each(things, thing -> thing.charAt(0), 1, this::work));
        assertEquals("a1", failure.getMessage());
        assertEquals("c1", failure.getSuppressed()[0].getMessage());
        assertEquals(List.of("b1", "d1"), done);
    }

    @Test
    void anErrorIsNotLost() {
        assertThrows(
                StackOverflowError.class,
                () -> SideBySide.each(List.of("a"), thing -> thing, 2, _ -> {
                    throw new StackOverflowError("deep");
                }));
    }

    @Test
    void whoeverIsInterruptedInterruptsWhatWasBegunAndWaitsForIt() throws Exception {
        var begun = new CountDownLatch(2);
        var never = new CountDownLatch(1);
        var outcome = new ArrayList<Throwable>();
        var caller = Thread.ofVirtual()
                .start(() -> outcome.add(assertThrows(
                        RuntimeException.class,
                        () -> SideBySide.each(List.of("a", "b", "c"), thing -> thing, 2, thing -> {
                            begun.countDown();
                            try {
                                never.await();
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                                done.add(thing);
                                throw new IllegalStateException(interrupted);
                            }
                        }))));
        begun.await();
        caller.interrupt();
        caller.join();
        assertEquals(1, outcome.size());
        assertEquals(2, done.size(), "c was not begun");
    }

    private void work(String thing) {
        if (thing.equals("a1") || thing.equals("c1")) {
            throw new IllegalStateException(thing);
        }
        done.add(thing);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException failed) {
            throw new IllegalStateException(failed);
        }
    }
}

package dev.certtide.probe.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Places places = new Places(3, 2);

    @Test
    void oneSlowHostIsNoCongestionOfTheWhole() throws Exception {
        places.take("slow.test", NONE);
        places.take("slow.test", NONE);
        var refusal = assertThrows(IOException.class, () -> places.take("slow.test", NONE));
        assertFalse(refusal instanceof CongestedException, refusal::toString);
        assertEquals("2 other fetches from its host took too long", refusal.getMessage());
        places.take("other.test", NONE);
    }

    @Test
    void whoFindsAllPlacesTakenByOthersIsToldSo() throws Exception {
        places.take("a.test", NONE);
        places.take("a.test", NONE);
        places.take("b.test", NONE);
        var refusal = assertThrows(IOException.class, () -> places.take("c.test", NONE));
        assertInstanceOf(CongestedException.class, refusal);
        assertEquals("all 3 connections were in use", refusal.getMessage());
    }

    @Test
    void whoWaitsGetsThePlaceThatIsLeft() throws Exception {
        var first = places.take("a.test", NONE);
        places.take("a.test", NONE);
        var waiting = new FutureTask<>(() -> places.take("a.test", LONG));
        var thread = Thread.ofVirtual().start(waiting);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        places.take("b.test", NONE).close();
        assertFalse(waiting.isDone(), "that was another host's");
        first.close();
        waiting.get(20, TimeUnit.SECONDS).close();
        places.take("a.test", NONE);
    }
}

package dev.certtide.probe.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<String, Integer> recent = new Recent<>(100);

    @Test
    void aKeyIsKeptWhenItIsOfferedForTheSecondTime() {
        recent.offer("leaf", 1, 1);
        assertEquals(Optional.empty(), recent.get("leaf"));
        recent.offer("leaf", 1, 1);
        assertEquals(Optional.of(1), recent.get("leaf"));
    }

    @Test
    void whatIsSeenOncePushesNothingOut() {
        keep("leaf", 1, 60);
        for (int i = 0; i < 5_000; i++) {
            recent.offer("new " + i, i, 60);
        }
        assertEquals(Optional.of(1), recent.get("leaf"));
    }

    @Test
    void whatHasNotBeenAskedForTheLongestGoesFirst() {
        keep("old", 1, 40);
        keep("older", 2, 40);
        recent.get("old");
        keep("young", 3, 40);

        assertTrue(recent.get("old").isPresent());
        assertEquals(Optional.empty(), recent.get("older"));
    }

    @Test
    void whatIsHeavierThanEverythingTogetherIsNotKept() {
        keep("heavy", 1, 101);

        assertEquals(0, recent.size());
    }

    @Test
    void aNewValueTakesTheOldOnesPlaceAndWeight() {
        for (int i = 0; i < 50; i++) {
            keep("leaf", i, 60);
        }
        keep("other", 1, 40);

        assertEquals(Optional.of(49), recent.get("leaf"));
        assertEquals(2, recent.size());
    }

    private void keep(String key, int value, int weight) {
        recent.offer(key, value, weight);
        recent.offer(key, value, weight);
    }
}

package dev.certtide.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where invariants are held, and what breaks one of them is kept until the step is over: functions catch exceptions. */
final class Trial {
    private final long seed;
    private final Story story;
    private final Map<String, Long> held = new TreeMap<>();
    private Optional<Violation> violation = Optional.empty();

    Trial(long seed, Story story) {
        this.seed = seed;
        this.story = story;
    }

    /**
     * Holds an invariant.
     *
     * @param about names that the story is to be told of
     */
    void hold(String invariant, boolean holds, String what, String... about) {
        held.merge(invariant, 1L, Long::sum);
        if (!holds && violation.isEmpty()) {
            violation =
                    Optional.of(Violation.of(seed, story.steps(), invariant, what, story.about(Arrays.asList(about))));
        }
    }

    /**
     * Ends a step.
     *
     * @throws Violation when an invariant was broken in it
     */
    void verdict() {
        violation.ifPresent(broken -> {
            throw broken;
        });
    }

    /** How often each invariant was held, by its name. */
    Map<String, Long> held() {
        return held;
    }
}

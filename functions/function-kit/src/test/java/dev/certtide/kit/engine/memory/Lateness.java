package dev.certtide.kit.engine.memory;

import java.time.Duration;

/** How late the indexes of a table tell what was written to it. DynamoDB promises nothing; mostly it is less than a second. */
public sealed interface Lateness {
    /** Not at all. */
    record None() implements Lateness {}

    /**
     * After so many more calls that read or write the table.
     *
     * @param calls 1 or more
     */
    record Calls(int calls) implements Lateness {}

    /**
     * After so much time, by the engine's clock.
     *
     * @param time longer than zero
     */
    record Time(Duration time) implements Lateness {}

    /** When the test says so: {@link MemoryDynamoDb#catchUp()}. */
    record UntilTold() implements Lateness {}
}

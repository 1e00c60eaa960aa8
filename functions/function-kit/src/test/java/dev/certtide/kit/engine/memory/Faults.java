package dev.certtide.kit.engine.memory;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What goes wrong with the calls of one process: the same for the same seed and the same calls in the same order. Hand it
 * to the engines by {@link MemoryDynamoDb#through} and {@link MemorySqs#through}.
 *
 * <p>A process that crashed makes no calls any more until it is {@link #revive() revived}: whatever its handler still
 * tries ends with the same error. Its answer does not count then either, since no process was there to give it.
 *
 * <p>What the SDK does by itself is not simulated: a throttled call is one whose repetitions are over, and no call is
 * repeated because its answer got lost. A handler works on the messages of one invocation at once, so that calls are in
 * the same order only if it gets one message at a time.
 */
public final class Faults {
    /** What can go wrong. */
    public enum Kind {
        /** The process ends before the engine hears of it. */
        CRASH_BEFORE,
        /** The engine has done it, and the process ends before it hears so. */
        CRASH_AFTER,
        /** The engine refuses to do it now. */
        THROTTLE
    }

    /**
     * How often a call goes wrong, each 0 to 1 and together at most 1.
     *
     * @param crashBefore of all calls
     * @param crashAfter of all calls
     * @param throttle of all calls
     */
    public record Rates(double crashBefore, double crashAfter, double throttle) {
        /** Nothing goes wrong. */
        public static final Rates NONE = new Rates(0, 0, 0);

        public Rates {
            if (crashBefore < 0 || crashAfter < 0 || throttle < 0 || crashBefore + crashAfter + throttle > 1) {
                throw new IllegalArgumentException("Rates are 0 to 1, together too");
            }
        }
    }

    /** Says what happens to a call. */
    @FunctionalInterface
    private interface Script {
        Optional<Kind> at(long call, String operation);
    }

    private final Script script;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private Runnable others = () -> {};
    private long calls;
    private Optional<CrashError> crash = Optional.empty();

    private Faults(Script script) {
        this.script = script;
    }

    /** Nothing goes wrong; calls are counted. */
    public static Faults none() {
        return new Faults((_, _) -> Optional.empty());
    }

    /** By chance, at these rates. */
    public static Faults seeded(long seed, Rates rates) {
        return seeded(seed, rates, Map.of());
    }

    /**
     * By chance.
     *
     * @param rates of all operations that have none of their own
     * @param own rates by operation, for example {@code PutItem} or {@code SendMessageBatch}
     */
    public static Faults seeded(long seed, Rates rates, Map<String, Rates> own) {
        var random = new Random(seed);
        // One draw a call whatever its rates, so that another rate for one operation leaves the fate of others.
        return new Faults((_, operation) -> kind(random.nextDouble(), own.getOrDefault(operation, rates)));
    }

    /**
     * One thing goes wrong, at one call: to try each in turn.
     *
     * @param call 1 is the first
     */
    public static Faults at(long call, Kind kind) {
        return new Faults((number, _) -> number == call ? Optional.of(kind) : Optional.empty());
    }

    private static Optional<Kind> kind(double drawn, Rates rates) {
        if (drawn < rates.crashBefore) {
            return Optional.of(Kind.CRASH_BEFORE);
        }
        if (drawn < rates.crashBefore + rates.crashAfter) {
            return Optional.of(Kind.CRASH_AFTER);
        }
        return drawn < rates.crashBefore + rates.crashAfter + rates.throttle
                ? Optional.of(Kind.THROTTLE)
                : Optional.empty();
    }

    /**
     * Makes a call, or not, or ends after it.
     *
     * @param throttled the exception that tells of throttling
     * @throws CrashError when the process ends, or has ended
     */
    public <T> T around(String operation, Supplier<RuntimeException> throttled, Supplier<T> effect) {
        others.run();
        var kind = next(operation);
        if (kind.equals(Optional.of(Kind.THROTTLE))) {
            throw throttled.get();
        }
        if (kind.equals(Optional.of(Kind.CRASH_BEFORE))) {
            throw crashed(operation);
        }
        var answer = effect.get();
        if (kind.equals(Optional.of(Kind.CRASH_AFTER))) {
            throw crashed(operation);
        }
        return answer;
    }

    private synchronized Optional<Kind> next(String operation) {
        if (crash.isPresent()) {
            throw crash.get();
        }
        var kind = script.at(++calls, operation);
        kind.ifPresent(one -> counts.merge(one, 1L, Long::sum));
        return kind;
    }

    private synchronized CrashError crashed(String operation) {
        var error = new CrashError(operation);
        crash = Optional.of(error);
        return error;
    }

    /** Has something done before each call: what other processes do between two calls of this one. */
    public void meanwhile(Runnable work) {
        others = work;
    }

    /** Whether the process has crashed since it was revived last. */
    public synchronized boolean hasCrashed() {
        return crash.isPresent();
    }

    /** Lets the next process make calls. */
    public synchronized void revive() {
        crash = Optional.empty();
    }

    /** How many calls were made or went wrong. */
    public synchronized long calls() {
        return calls;
    }

    /** How much went wrong so far; kinds that never did are not in it. */
    public synchronized Map<Kind, Long> counts() {
        return Map.copyOf(counts);
    }
}

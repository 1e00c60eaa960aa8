package dev.certtide.kit.engine.memory;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * What standard queues may do to messages (Amazon SQS Developer Guide, "Amazon SQS standard queues"), and seldom do: the
 * same for the same seed and the same calls in the same order.
 */
public final class Mischief {
    /** What happens to a message. */
    public enum Kind {
        /** It is there twice, under the same id. */
        DUPLICATE,
        /** It comes later than it could. */
        DELAY,
        /** It comes before an older one. */
        OVERTAKE
    }

    private final Random random;
    private final Rates rates;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    /**
     * How often what happens, each 0 to 1.
     *
     * @param duplicates of all messages that are sent
     * @param delays of all messages that are sent
     * @param longestDelay of a message that is delayed, one second or more; any shorter delay is as likely
     * @param overtakes of all times that a message is received, if there is another
     */
    public record Rates(double duplicates, double delays, Duration longestDelay, double overtakes) {
        /** Queues in good order. */
        public static final Rates NONE = new Rates(0, 0, Duration.ofSeconds(1), 0);
    }

    private Mischief(long seed, Rates rates) {
        this.random = new Random(seed);
        this.rates = rates;
    }

    /** None: each message once, in order, as soon as may be. */
    public static Mischief none() {
        return new Mischief(0, Rates.NONE);
    }

    /** By chance, at these rates. */
    public static Mischief seeded(long seed, Rates rates) {
        return new Mischief(seed, rates);
    }

    /** How many copies of a message a queue gets. */
    int copies() {
        return happens(Kind.DUPLICATE, rates.duplicates) ? 2 : 1;
    }

    /** By how much a message is delayed, above what was asked for. */
    Duration delay() {
        return happens(Kind.DELAY, rates.delays)
                ? Duration.ofMillis(1 + random.nextLong(rates.longestDelay.toMillis()))
                : Duration.ZERO;
    }

    /**
     * Which of so many messages, the oldest first, is received next.
     *
     * @param candidates one or more
     */
    int next(int candidates) {
        return candidates > 1 && happens(Kind.OVERTAKE, rates.overtakes) ? 1 + random.nextInt(candidates - 1) : 0;
    }

    private boolean happens(Kind kind, double rate) {
        boolean happens = random.nextDouble() < rate;
        if (happens) {
            counts.merge(kind, 1L, Long::sum);
        }
        return happens;
    }

    /** How often what happened so far; kinds that never did are not in it. */
    public Map<Kind, Long> counts() {
        return Map.copyOf(counts);
    }
}

package dev.certtide.model.policy;

import dev.certtide.model.InvalidInputException;
import java.time.Duration;
import java.util.regex.Pattern;

/** How much of a certificate's time is left when its owner is to hear of it. */
public sealed interface Margin {
    /** How long before the end, of a certificate of that lifetime. */
    Duration of(Duration lifetime);

    /**
     * Reads {@code 25%} or {@code 30d}.
     *
     * @throws InvalidInputException when it is neither
     */
    static Margin parse(String text) {
        return text.endsWith("%") ? Share.parseShare(text) : new Left(Interval.parse(text));
    }

    /**
     * A share of the lifetime.
     *
     * @param percent 1 to 100
     */
    record Share(int percent) implements Margin {
        private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})%");

        public Share {
            if (percent < 1 || percent > 100) {
                throw new InvalidInputException("", "must be 1% to 100% of the lifetime");
            }
        }

        private static Share parseShare(String text) {
            var parts = TEXT.matcher(text);
            if (!parts.matches()) {
                throw new InvalidInputException("", "must be a share of the lifetime such as 25%, or a time such as 30d");
            }
            return new Share(Integer.parseInt(parts.group(1)));
        }

        @Override
        public Duration of(Duration lifetime) {
            return lifetime.multipliedBy(percent).dividedBy(100);
        }

        @Override
        public String toString() {
            return percent + "%";
        }
    }

    /** A fixed time, whatever the lifetime. */
    record Left(Interval time) implements Margin {
        @Override
        public Duration of(Duration lifetime) {
            return time.length();
        }

        @Override
        public String toString() {
            return time.toString();
        }
    }

    /**
     * The less of the two.
     *
     * @param share of the lifetime
     * @param atMost and no more than that
     */
    record Less(Share share, Left atMost) implements Margin {
        @Override
        public Duration of(Duration lifetime) {
            var part = share.of(lifetime);
            return part.compareTo(atMost.of(lifetime)) < 0 ? part : atMost.of(lifetime);
        }

        @Override
        public String toString() {
            return share + ", at most " + atMost;
        }
    }
}

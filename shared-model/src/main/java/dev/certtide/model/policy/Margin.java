package dev.certtide.model.policy;

import dev.certtide.model.InvalidInputException;
import java.time.Duration;
import java.util.regex.Pattern;

/** How much of a certificate's time is left when its owner is to hear of it. */
public sealed interface Margin {
    /** What a text should have been. */
    String EXPECTED =
            "must be a share of the lifetime such as 25%, a time such as 30d, or both as in \"25%, at most 30d\"";

    /** How long before the end, of a certificate of that lifetime. */
    Duration of(Duration lifetime);

    /**
     * Reads {@code 25%}, {@code 30d}, or {@code 25%, at most 30d}.
     *
     * @throws InvalidInputException when it is none of them
     */
    static Margin parse(String text) {
        var parts = Less.TEXT.split(text, -1);
        return switch (parts.length) {
            case 1 -> text.endsWith("%") ? Share.parseShare(text) : Left.parseLeft(text);
            case 2 -> new Less(Share.parseShare(parts[0]), Left.parseLeft(parts[1]));
            default -> throw new InvalidInputException("", EXPECTED);
        };
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
                throw new InvalidInputException("", EXPECTED);
            }
            return new Share(Integer.parseInt(parts.group(1)));
        }

        private Share orLess(int other) {
            return other < percent ? new Share(other) : this;
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
        private static Left parseLeft(String text) {
            try {
                return new Left(Interval.parse(text));
            } catch (InvalidInputException noTime) {
                throw new InvalidInputException(
                        "", EXPECTED + "; a time is at most " + Interval.LONGEST.toDays() + "d");
            }
        }

        private Left orShorter(Interval other) {
            return new Left(time.orShorter(other));
        }

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
        private static final Pattern TEXT = Pattern.compile(", *at most +");

        /** What is reached whenever this or the other is, and maybe before. */
        Less orMore(Less other) {
            return new Less(
                    share.percent() >= other.share.percent() ? share : other.share,
                    atMost.time().orShorter(other.atMost.time()).equals(atMost.time()) ? other.atMost : atMost);
        }

        /** What is neither more than this nor more than half of the other. */
        Less orHalfOf(Margin other) {
            return switch (other) {
                case Share(int percent) -> new Less(share.orLess((percent + 1) / 2), atMost);
                case Left(Interval time) -> new Less(share, atMost.orShorter(time.half()));
                case Less(Share(int percent), Left(Interval time)) ->
                    new Less(share.orLess((percent + 1) / 2), atMost.orShorter(time.half()));
            };
        }

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

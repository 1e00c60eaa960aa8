package dev.certtide.benchmarks.probe;

/** Who checks what: rounds of one setting are alike. */
record Setting(Who who, Chain chain, Leaves leaves, boolean distant) {
    /** The clients. */
    enum Who {
        CERTTIDE,
        GO,
        OPENSSL
    }

    /** What is presented. */
    enum Leaves {
        /** A leaf that was never seen before, below the same intermediate. */
        NEW,
        /** The intermediate was never seen before either. */
        FRESH,
        /** One of a thousand leaves that all have been seen before. */
        UNCHANGED;

        /** The yardstick's name for it. */
        String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Setting near(Who who, Chain chain, Leaves leaves) {
        return new Setting(who, chain, leaves, false);
    }

    static Setting distant(Who who, Chain chain) {
        return new Setting(who, chain, Leaves.NEW, true);
    }
}

package dev.certtide.benchmarks.scale;

/**
 * Time, in nanoseconds.
 *
 * @param elapsed on the clock on the wall
 * @param here CPU time of this process: the functions, the queues, the topics
 * @param tables CPU time of the table engine, in steps of 10 ms
 */
record Used(long elapsed, long here, long tables) {
    static final Used NOTHING = new Used(0, 0, 0);

    Used since(Used earlier) {
        return new Used(elapsed - earlier.elapsed, here - earlier.here, tables - earlier.tables);
    }

    Used plus(Used more) {
        return new Used(elapsed + more.elapsed, here + more.here, tables + more.tables);
    }

    long cpu() {
        return here + tables;
    }
}

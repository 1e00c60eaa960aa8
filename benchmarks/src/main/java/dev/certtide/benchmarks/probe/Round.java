package dev.certtide.benchmarks.probe;

/**
 * What a round of checks took.
 *
 * @param checks how many there were
 * @param failures how many of them did not end well
 * @param wallNanos from the first check's beginning to the last one's end
 * @param userNanos CPU time of the whole client process outside the kernel
 * @param systemNanos its CPU time in the kernel
 * @param residentKiB the most memory of the process that was resident since it started
 */
record Round(long checks, long failures, long wallNanos, long userNanos, long systemNanos, long residentKiB) {

    /** Reads what {@link #toString} wrote, or the yardstick. */
    static Round parse(String line) {
        String[] fields = line.split(" ");
        if (fields.length != 6) {
            throw new IllegalArgumentException("no round of checks: \"" + line + "\"");
        }
        return new Round(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]));
    }

    double cpuMillisPerCheck() {
        return (userNanos + systemNanos) / 1e6 / checks;
    }

    double systemMillisPerCheck() {
        return systemNanos / 1e6 / checks;
    }

    double checksPerSecond() {
        return checks / (wallNanos / 1e9);
    }

    /** CPU time over time: 1 is one core. */
    double busy() {
        return (double) (userNanos + systemNanos) / wallNanos;
    }

    @Override
    public String toString() {
        return checks + " " + failures + " " + wallNanos + " " + userNanos + " " + systemNanos + " " + residentKiB;
    }
}

package dev.certtide.probe.fetch;

/**
 * How a cache did since the process began.
 *
 * @param hits asked for and there, or on its way
 * @param misses fetched
 * @param failures fetched in vain
 */
public record CacheCounts(long hits, long misses, long failures) {
    /** Both together. */
    public CacheCounts plus(CacheCounts other) {
        return new CacheCounts(hits + other.hits, misses + other.misses, failures + other.failures);
    }
}

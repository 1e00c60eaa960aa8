package dev.certtide.probe.memory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what was made for a key, up to a weight; what has not been asked for the longest goes first. A key is kept when
 * it is offered for the second time: what is seen once and never again, such as the new certificates of a large import,
 * takes no memory and pushes nothing out. Thread-safe.
 *
 * @param <K> what was asked for; equal keys get the same value, so a key has all on which the value depends
 * @param <V> what was made
 */
public final class Recent<K, V> {
    /** For each place the hash that was offered there last: 64 KB. Two keys of one hash are a key kept too early. */
    private static final int PLACES = 1 << 14;

    private final long largest;
    private final int[] offered = new int[PLACES];
    private final Map<K, Kept<V>> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long weight;

    private record Kept<V>(V value, long weight) {}

    /** @param largest what all values together may weigh, in whatever unit they are offered with */
    public Recent(long largest) {
        this.largest = largest;
    }

    /** What is kept for the key. */
    public synchronized Optional<V> get(K key) {
        Kept<V> found = kept.get(key);
        return found == null ? Optional.empty() : Optional.of(found.value());
    }

    /** Keeps the value, unless the key is new. */
    public synchronized void offer(K key, V value, long valueWeight) {
        int hash = key.hashCode() * 0x9e3779b9;
        int place = hash >>> 18;
        if (offered[place] != hash || valueWeight > largest) {
            offered[place] = hash;
            return;
        }
        Kept<V> before = kept.put(key, new Kept<>(value, valueWeight));
        weight += valueWeight - (before == null ? 0 : before.weight());
        for (Iterator<Kept<V>> eldest = kept.values().iterator(); weight > largest && eldest.hasNext(); ) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }

    /** Forgets everything. */
    public synchronized void clear() {
        kept.clear();
        weight = 0;
    }

    /** How many keys are kept. */
    public synchronized int size() {
        return kept.size();
    }
}

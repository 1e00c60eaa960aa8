package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.MalformedDerException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the entry of a serial number: the hashes of all serial numbers, sorted, each with the place of its entry. Eight
 * bytes an entry, beside the list itself; an entry is read when it is asked for.
 */
final class SerialIndex {
    private final Optional<Der> entries;
    private final long[] hashesAndPositions;

    private SerialIndex(Optional<Der> entries, long[] hashesAndPositions) {
        this.entries = entries;
        this.hashesAndPositions = hashesAndPositions;
    }

    /** Walks all entries once. Throws if one is none. */
    static SerialIndex of(Optional<Der> list) {
        if (list.isEmpty()) {
            return new SerialIndex(list, new long[0]);
        }
        long[] found = new long[64];
        int count = 0;
        for (Der.Reader reader = list.get().reader(); reader.hasMore(); ) {
            Der entry = reader.next(Der.SEQUENCE);
            Der serial = entry.reader().next(Der.INTEGER);
            if (serial.length() == 0) {
                throw new MalformedDerException("an INTEGER without content");
            }
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = key(serial.contentHash(), entry.position());
        }
        long[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return new SerialIndex(list, sorted);
    }

    /** The last entry with that serial number; lists have one at most, unless somebody blundered. */
    Optional<Der> find(byte[] serial) {
        int hash = Der.hashOf(serial);
        Optional<Der> found = Optional.empty();
        int at = Arrays.binarySearch(hashesAndPositions, key(hash, 0));
        for (int i = at < 0 ? -at - 1 : at;
                i < hashesAndPositions.length && (int) (hashesAndPositions[i] >> 32) == hash;
                i++) {
            Der entry = entries.orElseThrow().at((int) hashesAndPositions[i]);
            if (entry.reader().next().hasContent(serial)) {
                found = Optional.of(entry);
            }
        }
        return found;
    }

    long weight() {
        return 8L * hashesAndPositions.length;
    }

    private static long key(int hash, int position) {
        return (long) hash << 32 | position;
    }
}

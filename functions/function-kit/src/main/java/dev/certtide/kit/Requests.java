package dev.certtide.kit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Gatherer;

/** Packs messages into requests, in their order: SNS and SQS take at most ten entries and 256 KiB in one. */
public final class Requests {
    private static final int MOST_ENTRIES = 10;
    /** SNS quotas: 256 KiB for all entries together. SQS takes more, and is billed by 64 KiB all the same. */
    private static final int MOST_BYTES = 256 * 1024;

    private Requests() {}

    /** How long a text is in UTF-8. */
    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static <T> Gatherer<T, ?, List<T>> of(ToIntFunction<T> size) {
        return packs(MOST_ENTRIES, MOST_BYTES, size);
    }

    /**
     * Packs of at most so many things and so many bytes. One that is larger than that is a pack by itself; none is empty.
     *
     * @param size bytes of one
     */
    public static <T> Gatherer<T, ?, List<T>> packs(int mostEntries, int mostBytes, ToIntFunction<T> size) {
        final class Pack {
            private List<T> entries = new ArrayList<>();
            private int bytes;
        }
        return Gatherer.<T, Pack, List<T>>ofSequential(
                Pack::new,
                (pack, message, downstream) -> {
                    int more = size.applyAsInt(message);
                    if (pack.entries.size() == mostEntries
                            || !pack.entries.isEmpty() && pack.bytes + more > mostBytes) {
                        downstream.push(pack.entries);
                        pack.entries = new ArrayList<>();
                        pack.bytes = 0;
                    }
                    pack.entries.add(message);
                    pack.bytes += more;
                    return true;
                },
                (pack, downstream) -> {
                    if (!pack.entries.isEmpty()) {
                        downstream.push(pack.entries);
                    }
                });
    }
}

package dev.certtide.probe.fetch;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps what was fetched, by its address, for every check of the process. What several checks want at once is fetched
 * once. An address's failures are kept as well, for a while; our own are not. While a newer one cannot be had, the old one
 * stands in for it for as long as it is usable: a server that comes and goes must not make what is revoked good. Bounded:
 * what has not been asked for the longest goes first.
 *
 * <p>Who asks waits no longer than he says; what is not there by then is fetched all the same, for the next.
 *
 * @param <T> what is made of the bytes
 */
final class FetchCache<T> {
    private static final Duration FAILURE_KEPT = Duration.ofMinutes(10);
    private static final int MOST_ENTRIES = 10_000;

    private final Loader<T> loader;
    private final long largest;
    private final Map<URI, Entry<T>> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private long weight;

    /** Fetches and reads. */
    @FunctionalInterface
    interface Loader<T> {
        /** @throws IOException with a reason for people */
        Loaded<T> load(URI uri, Instant now) throws IOException;
    }

    /**
     * What came of it.
     *
     * @param value what is kept
     * @param bytes how much memory it takes, about
     * @param expires when it is to be fetched anew
     * @param usable until when it stands in for a newer one that cannot be had; not before {@code expires}
     */
    record Loaded<T>(T value, long bytes, Instant expires, Instant usable) {
        Loaded(T value, long bytes, Instant expires) {
            this(value, bytes, expires, expires);
        }
    }

    /** What an asker gets: the value, or why there is none. */
    record Outcome<T>(Optional<T> value, String failure) {}

    static final class Entry<T> {
        private final CompletableFuture<T> value = new CompletableFuture<>();
        private Instant expires = Instant.MAX;
        private long bytes;
        /** What there is, or what there was before, as long as nothing newer has come. */
        private volatile Optional<Loaded<T>> loaded;

        /** @param before what there was until now, and is still usable */
        private Entry(Optional<Loaded<T>> before) {
            this.loaded = before;
        }
    }

    /** @param largest how many bytes to keep, about */
    FetchCache(Loader<T> loader, long largest) {
        this.loader = loader;
        this.largest = largest;
    }

    CacheCounts counts() {
        return new CacheCounts(hits.sum(), misses.sum(), failures.sum());
    }

    /** Begins to fetch, unless it is there or on its way. */
    Entry<T> begin(URI uri, Instant now) {
        synchronized (entries) {
            Entry<T> known = entries.get(uri);
            if (known != null && now.isBefore(known.expires)) {
                hits.increment();
                return known;
            }
            misses.increment();
            Entry<T> fresh = new Entry<>(
                    Optional.ofNullable(known).flatMap(old -> old.loaded).filter(old -> now.isBefore(old.usable())));
            put(uri, fresh);
            Thread.ofVirtual().name("fetch-" + uri.getHost()).start(() -> run(uri, fresh, now));
            return fresh;
        }
    }

    /** What is there, waiting for it until {@code deadline} by {@link System#nanoTime}. */
    Outcome<T> get(URI uri, Instant now, long deadline) {
        return await(begin(uri, now), deadline);
    }

    Outcome<T> await(Entry<T> entry, long deadline) {
        long patience = Math.max(0, deadline - System.nanoTime());
        try {
            T value = entry.value.get(patience, TimeUnit.NANOSECONDS);
            return new Outcome<>(Optional.of(value), "");
        } catch (ExecutionException e) {
            return new Outcome<>(Optional.empty(), String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            return new Outcome<>(
                    entry.loaded.map(Loaded::value),
                    "no answer within " + TimeUnit.NANOSECONDS.toMillis(patience) + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome<>(Optional.empty(), "the check was interrupted");
        }
    }

    private void run(URI uri, Entry<T> entry, Instant now) {
        try {
            Loaded<T> loaded = loader.load(uri, now);
            entry.loaded = Optional.of(loaded);
            keep(uri, entry, loaded.expires(), loaded.bytes());
            entry.value.complete(loaded.value());
        } catch (CongestedException | OutOfMemoryError e) {
            // Neither room nor memory at the moment, and no fault of the address.
            failed(uri, entry, now, e);
            if (entry.loaded.isEmpty()) {
                forget(uri, entry);
            }
        } catch (IOException | RuntimeException | Error e) {
            failed(uri, entry, now.plus(FAILURE_KEPT), e);
        }
    }

    private void failed(URI uri, Entry<T> entry, Instant again, Throwable why) {
        failures.increment();
        Optional<Loaded<T>> before = entry.loaded;
        keep(uri, entry, again, before.map(Loaded::bytes).orElse(0L));
        before.ifPresentOrElse(old -> entry.value.complete(old.value()), () -> entry.value.completeExceptionally(why));
    }

    private void forget(URI uri, Entry<T> entry) {
        synchronized (entries) {
            entries.remove(uri, entry);
        }
    }

    private void keep(URI uri, Entry<T> entry, Instant expires, long bytes) {
        synchronized (entries) {
            entry.expires = expires;
            if (entries.get(uri) == entry) {
                entry.bytes = bytes;
                weight += bytes;
                shrink(entry);
            }
        }
    }

    private void put(URI uri, Entry<T> entry) {
        Entry<T> before = entries.put(uri, entry);
        if (before != null) {
            weight -= before.bytes;
        }
        shrink(entry);
    }

    private void shrink(Entry<T> newest) {
        for (Iterator<Entry<T>> eldest = entries.values().iterator();
                eldest.hasNext() && (weight > largest || entries.size() > MOST_ENTRIES); ) {
            Entry<T> entry = eldest.next();
            if (entry != newest && entry.expires != Instant.MAX) {
                weight -= entry.bytes;
                eldest.remove();
            }
        }
    }
}

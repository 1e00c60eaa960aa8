package dev.certtide.probe.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FetchCacheTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final URI ADDRESS = URI.create("http://ca.certtide.test/list");

    private final AtomicInteger fetched = new AtomicInteger();

    @Test
    void whatManyWantAtOnceIsFetchedOnce() throws Exception {
        var go = new CountDownLatch(1);
        FetchCache<Integer> cache = cache(100, uri -> {
            await(go);
            return fetched.incrementAndGet();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Integer>>> all = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(
                            () -> cache.get(ADDRESS, NOW, inSeconds(20)).value()))
                    .toList();
            go.countDown();
            for (Future<Optional<Integer>> one : all) {
                assertEquals(Optional.of(1), one.get());
            }
        }
        assertEquals(new CacheCounts(49, 1, 0), cache.counts());
    }

    @Test
    void whatHasExpiredIsFetchedAnew() {
        FetchCache<Integer> cache = cache(100, uri -> fetched.incrementAndGet());

        assertEquals(1, found(cache, ADDRESS, NOW));
        assertEquals(1, found(cache, ADDRESS, NOW.plus(Duration.ofMinutes(59))));
        assertEquals(2, found(cache, ADDRESS, NOW.plus(Duration.ofMinutes(60))));
    }

    @Test
    void aFailureIsRememberedForTenMinutes() {
        FetchCache<Integer> cache = cache(100, uri -> {
            if (fetched.incrementAndGet() == 1) {
                throw new IOException("out of order");
            }
            return 7;
        });

        assertEquals("out of order", cache.get(ADDRESS, NOW, inSeconds(20)).failure());
        assertEquals(1, cache.counts().failures());
        assertEquals(
                "out of order",
                cache.get(ADDRESS, NOW.plusSeconds(599), inSeconds(20)).failure());
        assertEquals(7, found(cache, ADDRESS, NOW.plusSeconds(600)));
    }

    @Test
    void whatFailsForWantOfRoomOrMemoryHereIsTriedAgainAtOnce() {
        FetchCache<Integer> cache = cache(100, uri -> switch (fetched.incrementAndGet()) {
            case 1 -> throw new CongestedException("too much is being fetched at once");
            case 2 -> throw new OutOfMemoryError("no room");
            default -> 7;
        });

        assertEquals(
                "too much is being fetched at once",
                cache.get(ADDRESS, NOW, inSeconds(20)).failure());
        assertEquals("no room", cache.get(ADDRESS, NOW, inSeconds(20)).failure());
        assertEquals(7, found(cache, ADDRESS, NOW));
        assertEquals(2, cache.counts().failures());
    }

    @Test
    void whoIsInAHurryGetsNothingAndTheNextOneGetsIt() {
        var go = new CountDownLatch(1);
        FetchCache<Integer> cache = cache(100, uri -> {
            await(go);
            return 7;
        });

        assertEquals(
                "no answer within 0 ms", cache.get(ADDRESS, NOW, System.nanoTime()).failure());
        go.countDown();
        assertEquals(7, found(cache, ADDRESS, NOW));
    }

    /** Else a certificate that is revoked would be good whenever the server of its list is down. */
    @Test
    void theOldOneStandsInForANewerOneThatCannotBeHad() {
        FetchCache<Integer> cache = new FetchCache<>(
                (uri, now) -> {
                    if (fetched.incrementAndGet() == 2) {
                        throw new IOException("out of order");
                    }
                    return new FetchCache.Loaded<>(
                            fetched.get(), 10, now.plus(Duration.ofHours(1)), now.plus(Duration.ofHours(5)));
                },
                100);

        assertEquals(1, found(cache, ADDRESS, NOW));
        assertEquals(1, found(cache, ADDRESS, NOW.plus(Duration.ofHours(2))));
        assertEquals(2, fetched.get());
        assertEquals(1, found(cache, ADDRESS, NOW.plus(Duration.ofHours(2)).plusSeconds(599)));
        assertEquals(3, found(cache, ADDRESS, NOW.plus(Duration.ofHours(2)).plusSeconds(600)));
    }

    @Test
    void theOldOneStandsInWhileTheNewerOneIsOnItsWayButNotBeyondItsTime() {
        var go = new CountDownLatch(1);
        FetchCache<Integer> cache = new FetchCache<>(
                (uri, now) -> {
                    if (fetched.incrementAndGet() > 1) {
                        await(go);
                        throw new IOException("out of order");
                    }
                    return new FetchCache.Loaded<>(
                            1, 10, now.plus(Duration.ofHours(1)), now.plus(Duration.ofHours(5)));
                },
                100);
        found(cache, ADDRESS, NOW);

        assertEquals(
                Optional.of(1),
                cache.get(ADDRESS, NOW.plus(Duration.ofHours(2)), System.nanoTime())
                        .value());
        go.countDown();
        assertEquals(1, found(cache, ADDRESS, NOW.plus(Duration.ofHours(2))));
        assertEquals(
                "out of order",
                cache.get(ADDRESS, NOW.plus(Duration.ofHours(5)), inSeconds(20)).failure());
    }

    @Test
    void whatWasNotAskedForTheLongestGoesWhenThereIsTooMuch() {
        FetchCache<Integer> cache = cache(25, uri -> fetched.incrementAndGet());
        URI one = ADDRESS.resolve("/1");
        URI two = ADDRESS.resolve("/2");
        found(cache, one, NOW);
        found(cache, two, NOW);
        found(cache, one, NOW);

        found(cache, ADDRESS.resolve("/3"), NOW);

        assertEquals(1, found(cache, one, NOW));
        assertEquals(3, fetched.get());
        found(cache, two, NOW);
        assertEquals(4, fetched.get());
        found(cache, one, NOW);
        assertEquals(4, fetched.get());
        found(cache, ADDRESS.resolve("/3"), NOW);
        assertEquals(5, fetched.get(), "no more than two fit");
    }

    private static <T> T found(FetchCache<T> cache, URI address, Instant now) {
        return cache.get(address, now, inSeconds(20)).value().orElseThrow();
    }

    private interface Loading<T> {
        T of(URI uri) throws IOException;
    }

    /** Every value weighs ten and lasts an hour. */
    private static <T> FetchCache<T> cache(long largest, Loading<T> loading) {
        return new FetchCache<>(
                (uri, now) -> new FetchCache.Loaded<>(loading.of(uri), 10, now.plus(Duration.ofHours(1))), largest);
    }

    private static long inSeconds(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}

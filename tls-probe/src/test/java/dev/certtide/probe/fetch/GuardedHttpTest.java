package dev.certtide.probe.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.visit.Resolver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);
    private static final AddressGuard LOCAL =
            AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final LocalWeb web = LocalWeb.start();
    private final Fetcher http = fetcher(name -> List.of(LOOPBACK));

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void whatIsThereIsFetched() throws IOException {
        assertArrayEquals(CONTENT, http.fetch(web.serve("/a", CONTENT), 100, PATIENCE));
    }

    @Test
    void aNameIsResolvedOnceAndTheConnectionGoesToThatAddress() throws IOException {
        var asked = new AtomicInteger();
        Fetcher fetcher =
                fetcher(name -> List.of(asked.getAndIncrement() == 0 ? LOOPBACK : InetAddress.ofLiteral("127.0.0.99")));
        web.serve("/a", CONTENT);

        assertArrayEquals(CONTENT, fetcher.fetch(named("ca.certtide.test", "/a"), 100, PATIENCE));
        assertEquals(1, asked.get());
    }

    @Test
    void aNameWithOneAddressThatIsNotPublicIsRefusedAsAWhole() {
        Fetcher fetcher = fetcher(name -> List.of(LOOPBACK, InetAddress.ofLiteral("10.0.0.1")));

        IOException refusal =
                assertThrows(IOException.class, () -> fetcher.fetch(named("ca.certtide.test", "/a"), 100, PATIENCE));

        assertTrue(refusal.getMessage().contains("10.0.0.1 is not a public address"), refusal::getMessage);
        assertEquals(List.of(), web.requests());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/a",
                "http://[::ffff:127.0.0.1]:%d/a",
                "http://2130706433:%d/a",
                "http://127.1:%d/a",
                "http://localhost:%d/a",
                "http://user@127.0.0.1:%d/a",
                "http://169.254.169.254/latest/meta-data/",
                "ftp://127.0.0.1:%d/a",
                "file:///etc/passwd"
            })
    void nothingBehindTheGuardIsVisitedHoweverItIsSpelled(String address) {
        Fetcher strict =
                new GuardedHttp(name -> List.of(LOOPBACK), AddressGuard.strict().allowingPorts(Ports.ALL));

        assertThrows(IOException.class, () -> strict.fetch(URI.create(address.formatted(web.port())), 100, PATIENCE));
        assertEquals(List.of(), web.requests());
    }

    @Test
    void aPortThatNobodyServesListsOnIsNotVisited() {
        Fetcher fetcher =
                new GuardedHttp(Resolver.system(), AddressGuard.strict().allowingNetworks("127.0.0.0/8"));

        IOException refusal =
                assertThrows(IOException.class, () -> fetcher.fetch(web.serve("/a", CONTENT), 100, PATIENCE));

        assertTrue(refusal.getMessage().contains("port " + web.port()), refusal::getMessage);
    }

    @Test
    void threeRedirectsAreFollowedAndNotFour() throws IOException {
        web.serve("/0", CONTENT);
        for (int i = 1; i <= 4; i++) {
            redirect("/" + i, "/" + (i - 1));
        }

        assertArrayEquals(CONTENT, http.fetch(web.at("/3"), 100, PATIENCE));
        assertThrows(IOException.class, () -> http.fetch(web.at("/4"), 100, PATIENCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1/", "http://169.254.169.254/", "file:///etc/passwd", "http://", "%%%"})
    void aRedirectToWhatMayNotBeVisitedIsNotFollowed(String location) {
        URI start = redirect("/a", location);

        assertThrows(IOException.class, () -> http.fetch(start, 100, PATIENCE));
    }

    @Test
    void whatSaysToBeTooLargeIsNotRead() {
        URI large = web.answer("/a", out -> out.write(LocalWeb.head("200 OK", "Content-Length: 999999999999")));

        IOException refusal = assertThrows(IOException.class, () -> http.fetch(large, 1_000, PATIENCE));
        assertTrue(refusal.getMessage().contains("more than 1000 bytes"), refusal::getMessage);
    }

    @Test
    void anEndlessAnswerIsCutOffAtTheBound() {
        URI endless = web.answer("/a", out -> {
            out.write(LocalWeb.head("200 OK"));
            fill(out);
        });

        IOException refusal = assertThrows(IOException.class, () -> http.fetch(endless, 1 << 20, PATIENCE));
        assertTrue(refusal.getMessage().contains("more than 1048576 bytes"), refusal::getMessage);
    }

    @Test
    void endlessHeadersAreCutOff() {
        URI endless = web.answer("/a", out -> {
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            fill(out);
        });

        assertThrows(IOException.class, () -> http.fetch(endless, 1 << 20, PATIENCE));
    }

    @Test
    void aServerThatFallsSilentCostsThePatienceAndNoMore() {
        var over = new CountDownLatch(1);
        URI silent = web.answer("/a", out -> {
            out.write(LocalWeb.head("200 OK", "Content-Length: 10"));
            await(over);
        });

        assertTimeout(
                Duration.ofSeconds(8),
                () -> assertThrows(IOException.class, () -> http.fetch(silent, 100, Duration.ofMillis(300))));
        over.countDown();
    }

    @Test
    void whatDoesNotFitBesideWhatElseIsBeingFetchedIsRefusedForThatReason() throws Exception {
        var received = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        URI large = web.answer("/large", out -> {
            out.write(LocalWeb.head("200 OK"));
            // Of which the system's buffers hold a third at most.
            out.write(new byte[30 << 20]);
            received.countDown();
            await(over);
        });
        var first = new FutureTask<>(() -> http.fetch(large, 48 << 20, PATIENCE));
        Thread.ofVirtual().start(first);
        assertTrue(received.await(20, TimeUnit.SECONDS));

        assertThrows(CongestedException.class, () -> http.fetch(large, 48 << 20, PATIENCE));
        over.countDown();
        assertEquals(30 << 20, first.get().length);
        assertEquals(30 << 20, http.fetch(large, 48 << 20, PATIENCE).length);
    }

    @Test
    void aSlowHostThatHasAllItsPlacesKeepsNobodyFromOtherHosts() throws Exception {
        Fetcher fetcher = new GuardedHttp(name -> List.of(LOOPBACK), LOCAL, new Places(2, 1), Duration.ofMillis(100));
        var asked = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        web.answer("/slow", out -> {
            asked.countDown();
            await(over);
            out.write(LocalWeb.head("200 OK", "Content-Length: 0"));
        });
        web.serve("/a", CONTENT);
        var first = new FutureTask<>(() -> fetcher.fetch(named("slow.certtide.test", "/slow"), 100, PATIENCE));
        Thread.ofVirtual().start(first);
        assertTrue(asked.await(20, TimeUnit.SECONDS));

        IOException refusal =
                assertThrows(IOException.class, () -> fetcher.fetch(named("SLOW.certtide.test", "/a"), 100, PATIENCE));
        assertFalse(refusal instanceof CongestedException, refusal::toString);
        assertArrayEquals(CONTENT, fetcher.fetch(named("fast.certtide.test", "/a"), 100, PATIENCE));
        over.countDown();
        first.get();
        assertArrayEquals(CONTENT, fetcher.fetch(named("slow.certtide.test", "/a"), 100, PATIENCE));
    }

    @Test
    void nothingIsDecompressed() throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(new byte[1_000_000]);
        }
        URI bomb = web.answer("/a", out -> {
            out.write(LocalWeb.head("200 OK", "Content-Encoding: gzip", "Content-Length: " + compressed.size()));
            out.write(compressed.toByteArray());
        });

        assertEquals(compressed.size(), http.fetch(bomb, 10_000, PATIENCE).length);
    }

    @Test
    void whatIsNotThereIsAFailureWithItsStatus() {
        IOException failure = assertThrows(IOException.class, () -> http.fetch(web.at("/absent"), 100, PATIENCE));

        assertEquals("the server answered 404", failure.getMessage());
    }

    private URI redirect(String from, String to) {
        return web.answer(from, out -> out.write(LocalWeb.head("302 Found", "Location: " + to, "Content-Length: 0")));
    }

    private URI named(String name, String path) {
        return URI.create("http://" + name + ":" + web.port() + path);
    }

    private static Fetcher fetcher(Resolver resolver) {
        return new GuardedHttp(resolver, LOCAL);
    }

    private static void fill(OutputStream out) throws IOException {
        byte[] much = new byte[1 << 16];
        while (true) {
            out.write(much);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

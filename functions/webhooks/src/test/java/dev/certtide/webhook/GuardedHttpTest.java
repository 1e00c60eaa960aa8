package dev.certtide.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedHttpTest {
    private static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");
    private static final AddressGuard LOOPBACK =
            AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.parse("1-65535"));

    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 | PT30S",
                "0 | PT0S",
                "Sat, 21 Nov 2026 13:10:00 GMT | PT10M",
                "Sat, 21 Nov 2026 12:00:00 GMT | PT0S",
                "soon | ",
                "-5 | ",
                "99999999999999999999 | ",
                "'' | ",
            })
    void whenToComeBackIsSecondsOrADate(String header, Duration expected) throws IOException {
        answers("HTTP/1.1 503 No\r\nRetry-After: " + header + "\r\nContent-Length: 0\r\n\r\n", "");
        assertEquals(
                Optional.ofNullable(expected), post(Duration.ofSeconds(20), 0).retryAfter());
    }

    @Test
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void ofAnEndlessAnswerNoMoreIsReadThanWasAskedFor() throws IOException {
        answers("HTTP/1.1 200 OK\r\n\r\n", "0123456789");
        assertEquals("0123456789012", post(Duration.ofSeconds(20), 13).body());
    }

    @Test
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void anAnswerThatDripsIsCutOff() {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nslow", "");
        assertThrows(IOException.class, () -> post(Duration.ofMillis(300), 1000));
    }

    private GuardedHttp.Answer post(Duration longest, int mostOfBody) throws IOException {
        return new GuardedHttp(LOOPBACK, true, () -> NOW, longest)
                .post(URI.create("http://127.0.0.1:" + server.getLocalPort()), Map.of(), "{}", mostOfBody);
    }

    /** Says {@code head} once and {@code endless} until the client has gone; then it waits for the test's end. */
    private void answers(String head, String endless) {
        Thread.ofVirtual().start(() -> {
            try (var socket = server.accept()) {
                var out = socket.getOutputStream();
                out.write(head.getBytes(StandardCharsets.UTF_8));
                while (!endless.isEmpty()) {
                    out.write(endless.getBytes(StandardCharsets.UTF_8));
                }
                over.await(30, TimeUnit.SECONDS);
            } catch (IOException gone) {
                // The client has gone, or the test is over.
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }
}

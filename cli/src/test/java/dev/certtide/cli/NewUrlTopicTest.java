package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.certtide.probe.visit.HandshakeLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/** Publishing to an SNS that refuses some messages of a request, which no local engine does. */
class NewUrlTopicTest {
    static {
        HandshakeLimits.raise(); // As the command does: an HTTP client makes JSSE read them, once for all tests.
    }

    private final List<List<String>> requests = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private HttpServer server;
    private SnsClient sns;
    private NewUrlTopic topic;
    private volatile int refusals;
    private volatile boolean isSendersFault;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        sns = SnsClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        topic = new NewUrlTopic(sns, "arn:aws:sns:us-east-1:000000000000:certtide-local-new_url", pauses::add);
    }

    @AfterEach
    void stop() {
        sns.close();
        server.stop(0);
    }

    @Test
    void whatSnsRefusesForAReasonOfItsOwnIsPublishedAgainAfterLongerAndLongerPauses() {
        refusals = 3;
        topic.publish(List.of("a", "b"));
        assertEquals(List.of(List.of("a", "b"), List.of("b"), List.of("b"), List.of("b")), requests);
        assertEquals(List.of(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800)), pauses);
    }

    @Test
    void whatIsRefusedAllTheTimeIsTold() {
        refusals = Integer.MAX_VALUE;
        var told = assertThrows(IllegalStateException.class, () -> topic.publish(List.of("a", "b")));
        assertEquals("SNS refused 1 messages: not now", told.getMessage());
        assertEquals(5, requests.size());
        assertEquals(4, pauses.size());
    }

    @Test
    void whatIsTheSendersFaultIsNotPublishedAgain() {
        refusals = 1;
        isSendersFault = true;
        assertThrows(IllegalStateException.class, () -> topic.publish(List.of("a", "b")));
        assertEquals(1, requests.size());
        assertEquals(List.of(), pauses);
    }

    @Test
    void requestsAreFilled() {
        topic.publish(IntStream.range(0, 25).mapToObj(Integer::toString).toList());
        assertEquals(List.of(10, 10, 5), requests.stream().map(List::size).toList());
        topic.publish(List.of("x".repeat(200_000), "y".repeat(200_000)));
        assertEquals(5, requests.size());
    }

    /** Refuses the last message of a request, so often as it is to. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var messages = Arrays.stream(form.split("&"))
                    .filter(field -> field.matches("PublishBatchRequestEntries\\.member\\.\\d+\\.Message=.*"))
                    .map(field -> URLDecoder.decode(field.substring(field.indexOf('=') + 1), StandardCharsets.UTF_8))
                    .toList();
            requests.add(messages);
            int taken = refusals > 0 ? messages.size() - 1 : messages.size();
            refusals--;
            var successful = IntStream.range(0, taken)
                    .mapToObj("<member><Id>%d</Id><MessageId>m</MessageId></member>"::formatted)
                    .collect(Collectors.joining());
            var failed = IntStream.range(taken, messages.size())
                    .mapToObj(i ->
                            "<member><Id>%d</Id><Code>x</Code><Message>not now</Message><SenderFault>%s</SenderFault></member>"
                                    .formatted(i, isSendersFault))
                    .collect(Collectors.joining());
            var body =
                    ("<PublishBatchResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishBatchResult><Successful>"
                                    + successful + "</Successful><Failed>" + failed
                                    + "</Failed></PublishBatchResult></PublishBatchResponse>")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

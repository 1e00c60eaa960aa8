package dev.certtide.checker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** An SNS endpoint on loopback whose topics take everything and keep it. */
final class TakingTopic {
    private static final String ENTRY = "PublishBatchRequestEntries.member.";

    private final List<List<Message>> requests = new CopyOnWriteArrayList<>();

    /** A message with its attributes. */
    record Message(String body, Map<String, String> attributes) {}

    /** Listens on an ephemeral port until the server is stopped. */
    HttpServer listen() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        return server;
    }

    static URI endpoint(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What has been published, request by request. */
    List<List<Message>> requests() {
        return requests;
    }

    /** What has been published. */
    List<Message> messages() {
        return requests.stream().flatMap(List::stream).toList();
    }

    /** Answers {@code PublishBatch}. */
    void answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> fields = new TreeMap<>();
        for (String field : form.split("&")) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 1; fields.containsKey(ENTRY + i + ".Id"); i++) {
            messages.add(message(fields, ENTRY + i));
        }
        requests.add(messages);
        String members = fields.entrySet().stream()
                .filter(field -> field.getKey().matches("PublishBatchRequestEntries\\.member\\.\\d+\\.Id"))
                .map(field -> "<member><Id>" + field.getValue() + "</Id><MessageId>m</MessageId></member>")
                .collect(Collectors.joining());
        byte[] answer = ("<PublishBatchResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishBatchResult>"
                        + "<Successful>" + members
                        + "</Successful><Failed/></PublishBatchResult></PublishBatchResponse>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static Message message(Map<String, String> fields, String entry) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 1; fields.containsKey(entry + ".MessageAttributes.entry." + i + ".Name"); i++) {
            String attribute = entry + ".MessageAttributes.entry." + i;
            attributes.put(fields.get(attribute + ".Name"), fields.get(attribute + ".Value.StringValue"));
        }
        return new Message(fields.get(entry + ".Message"), attributes);
    }
}

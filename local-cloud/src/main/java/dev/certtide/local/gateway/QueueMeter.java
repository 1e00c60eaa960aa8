package dev.certtide.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Meter;
import dev.certtide.local.sqs.MessageAttribute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Counts requests of clients to SQS by their payload, and that of what they receive. */
public final class QueueMeter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Meter meter;

    public QueueMeter(Meter meter) {
        this.meter = meter;
    }

    void count(String operation, byte[] request, byte[] answer) throws IOException {
        var asked = JSON.readTree(request);
        var url = asked.path("QueueUrl").asText(asked.path("QueueName").asText());
        long payload =
                switch (operation) {
                    case "SendMessage" -> bytes(asked, "MessageBody");
                    case "SendMessageBatch" -> sum(asked.path("Entries"), "MessageBody");
                    case "ReceiveMessage" -> sum(JSON.readTree(answer).path("Messages"), "Body");
                    default -> 0;
                };
        var queue = url.substring(url.lastIndexOf('/') + 1);
        meter.request(Charge.SQS_REQUESTS, queue, payload);
        if (operation.equals("ReceiveMessage") && isEmpty(JSON.readTree(answer))) {
            meter.add(Charge.SQS_EMPTY_RECEIVES, queue, 1);
        }
    }

    /** A {@code DeleteMessage}, whatever came of it. */
    void deleted(byte[] request) {
        try {
            count("DeleteMessage", request, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmpty(JsonNode answer) {
        return !answer.has("__type") && answer.path("Messages").isEmpty();
    }

    private static long sum(JsonNode messages, String body) {
        long sum = 0;
        for (var message : messages) {
            sum += bytes(message, body);
        }
        return sum;
    }

    /** "Amazon SQS message quotas": the body, and name, type and value of each attribute. */
    private static long bytes(JsonNode message, String body) {
        long bytes = utf8(message.path(body).asText());
        for (var attribute : message.path("MessageAttributes").properties()) {
            var value = attribute.getValue();
            var text =
                    value.path("StringValue").asText(value.path("BinaryValue").asText());
            bytes += new MessageAttribute(value.path("DataType").asText(), text).size(attribute.getKey());
        }
        return bytes;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

package dev.certtide.local.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.certtide.local.sqs.MessageAttribute;
import dev.certtide.local.sqs.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes received messages as the events that Lambda passes to functions. */
final class SqsEvents {
    /** A synchronous invocation takes 6 MB; the rest of the event needs some of it. */
    private static final int MAXIMUM_BYTES = 6 * 1024 * 1024 - 64 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private SqsEvents() {}

    /** Splits messages into batches that fit into one invocation. */
    static List<List<ReceivedMessage>> batches(List<ReceivedMessage> messages) {
        var batches = new ArrayList<List<ReceivedMessage>>();
        long size = MAXIMUM_BYTES;
        for (var message : messages) {
            long next = message.body().length() * 2L + 1_024;
            if (size + next > MAXIMUM_BYTES) {
                batches.add(new ArrayList<>());
                size = 0;
            }
            batches.getLast().add(message);
            size += next;
        }
        return batches;
    }

    static byte[] event(List<ReceivedMessage> messages, String queueArn, String region) {
        var bytes = new ByteArrayOutputStream(1_024 * messages.size());
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            for (var message : messages) write(json, message, queueArn, region);
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, ReceivedMessage message, String queueArn, String region)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("messageId", message.messageId());
        json.writeStringField("receiptHandle", message.receiptHandle());
        json.writeStringField("body", message.body());
        json.writeObjectFieldStart("attributes");
        for (var attribute : message.systemAttributes().entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("messageAttributes");
        for (var attribute : message.attributes().entrySet()) write(json, attribute);
        json.writeEndObject();
        json.writeStringField("md5OfBody", md5(message.body()));
        json.writeStringField("eventSource", "aws:sqs");
        json.writeStringField("eventSourceARN", queueArn);
        json.writeStringField("awsRegion", region);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Map.Entry<String, MessageAttribute> attribute) throws IOException {
        var value = attribute.getValue();
        json.writeObjectFieldStart(attribute.getKey());
        json.writeStringField(value.isBinary() ? "binaryValue" : "stringValue", value.value());
        json.writeArrayFieldStart("stringListValues");
        json.writeEndArray();
        json.writeArrayFieldStart("binaryListValues");
        json.writeEndArray();
        json.writeStringField("dataType", value.dataType());
        json.writeEndObject();
    }

    private static String md5(String body) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}

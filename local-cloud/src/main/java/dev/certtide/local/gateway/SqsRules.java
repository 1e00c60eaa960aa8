package dev.certtide.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where ElasticMQ differs from the Amazon SQS API Reference, and clients would notice. */
final class SqsRules {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A request with entries is longer; so the large ones need not be read twice. */
    private static final int LONGEST_WITHOUT_ENTRIES = 1024;
    /** ElasticMQ's receipt handles: message and delivery. */
    private static final Pattern RECEIPT_HANDLE = Pattern.compile("[0-9a-f-]{36}#[0-9a-f-]{36}");

    private SqsRules() {}

    /** The answer to a request that SQS refuses and ElasticMQ does not: a batch without entries. */
    static Optional<Answer> refusal(String operation, byte[] request) throws IOException {
        if (!operation.endsWith("Batch")
                || request.length > LONGEST_WITHOUT_ENTRIES
                || !JSON.readTree(request).path("Entries").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Answer.jsonError(
                400,
                "com.amazonaws.sqs#EmptyBatchRequest",
                "There should be at least one " + operation + "RequestEntry in the request."));
    }

    /**
     * Whether an answer of the engine to {@code DeleteMessage} is to be a success: "the action still succeeds if the
     * message was deleted already". The engine knows a message's handles only as long as it has the message.
     */
    static boolean isDeletedAlready(byte[] request, byte[] answer) throws IOException {
        JsonNode asked = JSON.readTree(request);
        return new String(answer, StandardCharsets.UTF_8).contains("ReceiptHandleIsInvalid")
                && RECEIPT_HANDLE.matcher(asked.path("ReceiptHandle").asText()).matches();
    }
}

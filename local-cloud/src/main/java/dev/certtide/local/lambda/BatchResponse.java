package dev.certtide.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads what a function with {@code ReportBatchItemFailures} answers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">"Handling errors for an SQS
 *     event source in Lambda", success and failure conditions</a>
 */
final class BatchResponse {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BatchResponse() {}

    /**
     * The messages that failed.
     *
     * @param batch ids of all messages of the batch
     * @return a subset of {@code batch}; all of it if the answer is no JSON or names a message that is not in the batch
     */
    static Set<String> failures(Collection<String> batch, byte[] answer) {
        if (answer.length == 0) return Set.of();
        JsonNode failures;
        try {
            failures = JSON.readTree(answer).path("batchItemFailures");
        } catch (IOException e) {
            return Set.copyOf(batch);
        }
        var failed = new HashSet<String>();
        for (var failure : failures) {
            var id = failure.path("itemIdentifier").asText("");
            if (!batch.contains(id)) return Set.copyOf(batch);
            failed.add(id);
        }
        return failed;
    }
}

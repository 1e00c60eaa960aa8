package dev.certtide.kit.engine.memory;

import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** What SQS takes in one request (Amazon SQS Developer Guide, "Message quotas"). */
final class Batches {
    private static final int MOST_ENTRIES = 10;
    private static final int MOST_BYTES = 1024 * 1024;

    private Batches() {}

    static <E> List<E> checked(List<E> entries, Function<E, String> id) {
        if (entries.isEmpty()) {
            throw EmptyBatchRequestException.builder()
                    .message("There should be at least one entry in the request")
                    .build();
        }
        if (entries.size() > MOST_ENTRIES) {
            throw TooManyEntriesInBatchRequestException.builder()
                    .message("Maximum number of entries per request is " + MOST_ENTRIES)
                    .build();
        }
        if (entries.stream().map(id).distinct().count() < entries.size()) {
            throw BatchEntryIdsNotDistinctException.builder()
                    .message("Two entries have the same id")
                    .build();
        }
        return entries;
    }

    static void checkSize(int bytes) {
        if (bytes > MOST_BYTES) {
            throw BatchRequestTooLongException.builder()
                    .message("A request may have " + MOST_BYTES + " bytes of messages")
                    .build();
        }
    }
}

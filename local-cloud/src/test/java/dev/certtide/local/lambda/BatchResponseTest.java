package dev.certtide.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Success and failure of a batch, as the Lambda guide lists the conditions. */
class BatchResponseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                             | ``",
                "null                                           | ``",
                "{}                                             | ``",
                "{'batchItemFailures':null}                     | ``",
                "{'batchItemFailures':[]}                       | ``",
                "{'batchItemFailures':[{'itemIdentifier':'b'}]} | b",
                "{'batchItemFailures':[{'itemIdentifier':'b'},{'itemIdentifier':'a'}]} | a b",
                "{'batchItemFailures':[{'itemIdentifier':'x'}]} | a b c",
                "{'batchItemFailures':[{'itemIdentifier':''}]}  | a b c",
                "{'batchItemFailures':[{'itemIdentifier':null}]} | a b c",
                "{'batchItemFailures':[{'messageId':'a'}]}      | a b c",
                "not json                                       | a b c",
            })
    void theMessagesThatFailed(String answer, String failed) {
        var expected =
                Arrays.stream(failed.split(" ")).filter(id -> !id.isEmpty()).collect(Collectors.toSet());
        assertEquals(
                expected,
                BatchResponse.failures(
                        Set.of("a", "b", "c"), answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}

package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.NOW;
import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Item;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
    /** A message without a subject is refused by most, and the channel would be taken for broken. */
    @ParameterizedTest
    @CsvSource({"{{note}}, It ends.", "It ends, {{note}}"})
    void whereAnOwnersWordsComeToNothingOursAreTaken(String subject, String body) {
        var config = new MemoryDynamoDb(() -> NOW).table();
        config.put(Item.of("OWNER#jane", "TEMPLATE#opened")
                .with("subject", subject)
                .with("body", body));

        var notice = new Texts(config, new Secrets(config)).of(notification(Samples.JANE));

        assertEquals(MessageText.of(notice.facts()), notice.text());
    }
}

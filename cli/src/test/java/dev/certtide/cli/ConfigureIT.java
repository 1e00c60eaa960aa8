package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certtide.local.LocalCloud;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code certtide configure crm} writes is what {@code new-customers} reads. */
class ConfigureIT {
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String URL = "https://crm.example.com/hooks/t0ken";

    private static LocalCloud cloud;

    @BeforeAll
    static void startCloud() {
        assumeTrue(Files.exists(Home.assembly()), "the stack has not been synthesized");
        cloud = LocalCloud.of(Home.assembly()).port(0).start();
    }

    @AfterAll
    static void stopCloud() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void aCrmIsStoredAndTakenAwayAgainAndItsSecretsAreNotPrinted() {
        var on = configure(URL + "\n" + KEY);
        assertEquals(ExitCode.OK, on.exitCode(), on.err());
        assertEquals("a minute from now new customers are told to crm.example.com\n", on.out());
        assertEquals(
                Map.of("pk", "SECRET##crm", "sk", "WEBHOOK", "url", URL, "secret", KEY),
                stored().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                        .s())));

        assertEquals(ExitCode.OK, configure("", "--off").exitCode());
        assertEquals(Map.of(), stored());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://crm.example.com/s3cret | " + KEY + " | url: is no webhook address",
                "https://user:s3cret@crm.example.com/ | " + KEY + " | url: holds a user name or password",
                URL + " | s3cret | the webhook key: must be whsec_",
                URL + " | '' | the webhook key: is missing",
                "'' | " + KEY + " | the address of the webhook: is missing"
            })
    void whatIsWrongIsRefusedWithoutRepeatingSecrets(String address, String key, String complaint) {
        var run = configure(address + "\n" + key);
        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertFalse((run.out() + run.err()).contains("s3cret"), run.err());
        assertTrue(run.err().contains(complaint), run.err());
        assertEquals(Map.of(), stored());
    }

    private static Run configure(String input, String... arguments) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream((input + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            var command = Stream.of(
                    "configure", "crm", "--endpoint-url", cloud.endpoint().toString());
            return Run.of(Stream.concat(command, Stream.of(arguments)).toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    private static Map<String, AttributeValue> stored() {
        var place = new Cloud();
        new picocli.CommandLine(place)
                .parseArgs("--endpoint-url", cloud.endpoint().toString());
        return place.withDynamoDb(dynamoDb -> dynamoDb.getItem(request -> request.tableName(place.table("Config"))
                        .key(Map.of("pk", AttributeValue.fromS("SECRET##crm"), "sk", AttributeValue.fromS("WEBHOOK")))))
                .item();
    }
}

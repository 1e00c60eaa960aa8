package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code certtide configure} writes is what {@code new-customers} and {@code notifier} read. */
class ConfigureIT {
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String DEPLOYMENT = "SECRET##deployment";
    private static final String URL = "https://crm.example.com/hooks/t0ken";

    @RegisterExtension
    private static final DeployedStack STACK = new DeployedStack(Map.of());

    @Test
    void aCrmIsStoredAndTakenAwayAgainAndItsSecretsAreNotPrinted() {
        var on = configure(URL + "\n" + KEY);
        assertEquals(ExitCode.OK, on.exitCode(), on.err());
        assertEquals("a minute from now new customers are told to crm.example.com\n", on.out());
        assertEquals(Map.of("url", URL, "secret", KEY), stored());

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

    @Test
    void mailGoesBySesAfterThatWasSaidAndByTheServerAgainAfterThat() {
        var ses = STACK.run("configure", "ses", "--from", "certtide@example.com");
        assertEquals(
                "mail is sent by SES from now on; deploy with the context sesIdentity, so that it may be\n",
                ses.out(),
                ses.err());
        assertEquals(Map.of("from", "certtide@example.com"), stored(DEPLOYMENT, "SES"));

        var smtp = STACK.runWith(
                "s3cret\n",
                "configure",
                "smtp",
                "--host",
                "smtp.example.com",
                "--from",
                "Certtide <a@example.com>",
                "--user",
                "joe");
        assertEquals("mail goes through smtp.example.com:587 from now on\n", smtp.out(), smtp.err());
        assertEquals("s3cret", stored(DEPLOYMENT, "SMTP").get("password"));
        assertEquals("Certtide <a@example.com>", stored(DEPLOYMENT, "SMTP").get("from"));
        assertEquals(Map.of(), stored(DEPLOYMENT, "SES"));
    }

    @Test
    void pagesOfOnesOwnAreStoredAndWhatIsLeftOutIsTakenAway() {
        var both = STACK.run(
                "configure",
                "links",
                "--acknowledge",
                "https://example.com/ack?i={incident}",
                "--unsubscribe",
                "https://example.com/off/{owner}/{address}");
        assertEquals("notifications lead to these pages from now on\n", both.out(), both.err());
        assertEquals(
                Map.of(
                        "acknowledge", "https://example.com/ack?i={incident}",
                        "unsubscribe", "https://example.com/off/{owner}/{address}"),
                stored(DEPLOYMENT, "LINKS"));

        var none = STACK.run("configure", "links");
        assertEquals("notifications lead to no pages of yours from now on\n", none.out(), none.err());
        assertEquals(Map.of(), stored(DEPLOYMENT, "LINKS"));
    }

    @Test
    void aListOfPublicRootsIsStoredAndTheBundledOneCountsAgainWhenItIsNot(@TempDir Path folder) throws Exception {
        var list = MozillasRoots.pem().replaceFirst("# As of: .*", "# As of: 2026-11-20");
        var stored = STACK.run("configure", "roots", write(folder, list));
        assertEquals("within five minutes 121 roots as of 2026-11-20 are trusted\n", stored.out(), stored.err());
        var version = stored("ROOTS##public", "CURRENT").get("version");
        assertEquals(list, stored("ROOTS##public", "LIST#" + version).get("pem"));

        var newer = STACK.run("configure", "roots", write(folder, list + "# newer\n"));
        assertEquals(ExitCode.OK, newer.exitCode(), newer.err());

        var old = STACK.run("configure", "roots", write(folder, list.replace("2026-11-20", "2024-02-29")));
        assertTrue(old.err().endsWith("is older than the list that came with this Certtide\n"), old.err());
        assertEquals("within five minutes 121 roots as of 2024-02-29 are trusted\n", old.out());
        assertEquals(Map.of(), stored("ROOTS##public", "LIST#" + version), "the one before the last takes no room");

        var bundled = STACK.run("configure", "roots", "--bundled");
        assertEquals(
                "within five minutes the roots that came with Certtide are trusted again\n",
                bundled.out(),
                bundled.err());
        assertEquals(Map.of(), stored("ROOTS##public", "CURRENT"));
    }

    @Test
    void whatTheCheckerWouldNotTakeIsNotStored(@TempDir Path folder) throws Exception {
        var roots = MozillasRoots.pem();
        var begin = "-----BEGIN CERTIFICATE-----";
        var one = begin + roots.split(begin)[1];
        assertRefused(write(folder, one), "has only 1 roots where the list that came with Certtide has 121");
        assertRefused(write(folder, "nothing"), "can't be used: no certificates can be read");
        var der = Files.write(
                folder.resolve("roots.der"),
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(one.getBytes(StandardCharsets.UTF_8)))
                        .getEncoded());
        assertRefused(der.toString(), "can't be used");
        assertRefused(write(folder, roots + "# more\n".repeat(30_000)), "has more than 390000 bytes");
        assertRefused(folder.resolve("none").toString(), "FILE: there is no file " + folder.resolve("none"));
        var neither = STACK.run("configure", "roots");
        assertEquals(ExitCode.USAGE, neither.exitCode());
        assertTrue(neither.err().contains("FILE: or --bundled is to be named"), neither.err());
    }

    private static void assertRefused(String file, String complaint) {
        var run = STACK.run("configure", "roots", file);
        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertTrue(run.err().contains(complaint), run.err());
    }

    private static String write(Path folder, String list) throws IOException {
        return Files.writeString(folder.resolve("roots.pem"), list).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ses --from nobody | --from: is no mail address such as jane@example.com",
                "smtp --host h --from <nobody> | --from: is no mail address such as jane@example.com",
                "smtp --host h --from a@example.com --port 0 | --port: must be 1 to 65535",
                "smtp --host h --from a@example.com --security ssl | --security: must be none, starttls or tls",
                "links --acknowledge example.com | --acknowledge: must be an https address",
                "links --unsubscribe http://example.com | --unsubscribe: must be an https address"
            })
    void whatIsWrongIsToldWithTheOption(String command, String complaint) {
        var run = STACK.run(Stream.concat(Stream.of("configure"), Stream.of(command.split(" ")))
                .toArray(String[]::new));
        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertEquals("certtide: " + complaint + "\n", run.err());
    }

    private static Run configure(String input, String... arguments) {
        return STACK.runWith(
                input + "\n",
                Stream.concat(Stream.of("configure", "crm"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static Map<String, String> stored() {
        return stored("SECRET##crm", "WEBHOOK");
    }

    /** The attributes apart from the key. */
    private static Map<String, String> stored(String pk, String sk) {
        var place = STACK.cloud();
        return place
                .withDynamoDb(dynamoDb -> dynamoDb.getItem(request -> request.tableName(place.table("Config"))
                        .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)))))
                .item()
                .entrySet()
                .stream()
                .filter(entry -> !List.of("pk", "sk").contains(entry.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> String.valueOf(
                                Optional.ofNullable(entry.getValue().s())
                                        .orElse(entry.getValue().n()))));
    }
}

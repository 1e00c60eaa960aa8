package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.FarmHost;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.CheckResult;
import dev.certtide.model.event.CloudEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * AWS's runtime for Java writes its own list over {@code jdk.tls.disabledAlgorithms} before a function is loaded, one that
 * has SSL 3.0, RC4 and 3DES: what the probe sees elsewhere it must see there too.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's client is native code for Linux")
class InAwsRuntimeTest {
    @TempDir
    private Path folder;

    @Test
    void theFunctionSeesOnLambdaWhatTheProbeSeesElsewhere() throws Exception {
        try (TlsFarm farm = TlsFarm.start()) {
            Path output = folder.resolve("output");
            Map<String, String> environment = new TreeMap<>(Map.of(
                    "CONFIG_TABLE", "certtide-local-Config",
                    "SSL_RESULT_TOPIC_ARN", "arn:aws:sns:us-east-1:000000000000:certtide-local-ssl_result",
                    "DEAD_LETTER_QUEUE_URL", "http://127.0.0.1/000000000000/certtide-local-ssl-checker-dlq",
                    "RECHECK_QUEUE_URL", "http://127.0.0.1/000000000000/certtide-local-recheck",
                    "RECHECK_DEAD_LETTER_QUEUE_URL", "http://127.0.0.1/000000000000/certtide-local-recheck-dlq",
                    "CERTTIDE_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128",
                    "CERTTIDE_ALLOWED_PORTS", "1-65535",
                    "CERTTIDE_HOSTS_FILE",
                            farm.writeHostsFile(folder.resolve("hosts")).toString(),
                    "CERTTIDE_CA_FILE",
                            farm.writeRootPem(folder.resolve("root.pem")).toString(),
                    "CERTTIDE_CHECK_TIMEOUT", "20"));
            environment.put("DEDUP_TABLE", "certtide-local-Dedup");
            environment.put("NEW_URL_QUEUE_URL", "http://127.0.0.1/000000000000/certtide-local-ssl-checker");
            Map<String, String> expected = new TreeMap<>();
            for (FarmHost host : farm.hosts()) {
                if (!host.kind().outlastsTheDeadline()) {
                    expected.put(host.url(), host.expectedStatus() + " " + host.expectedCodes());
                }
            }

            try (LambdaRuntime lambda = LambdaRuntime.start(SslCheckerHandler.class, environment, output)) {
                // Not all at once: who shares two cores with a hundred servers sees time-outs that are no server's
                // fault.
                for (List<String> urls : expected.keySet().stream()
                        .gather(Gatherers.windowFixed(20))
                        .toList()) {
                    assertEquals("{\"batchItemFailures\":[]}", lambda.invoke(sqsEvent(urls)), () -> read(output));
                }
                assertEquals(
                        expected,
                        lambda.publishedMessages().stream()
                                .flatMap(body -> CloudEvent.readBatch(CheckResult.class, body).stream())
                                .map(CloudEvent::data)
                                .collect(Collectors.toMap(
                                        result -> result.target().id(),
                                        result -> result.status().word() + " "
                                                + result.findings().stream()
                                                        .map(finding ->
                                                                finding.code().code())
                                                        .toList(),
                                        (one, other) -> one,
                                        TreeMap::new)),
                        () -> read(output));
            }
        }
    }

    private static String sqsEvent(Iterable<String> urls) {
        StringBuilder records = new StringBuilder();
        for (String url : urls) {
            records.append(records.isEmpty() ? "" : ",").append("""
                    {"messageId": "%1$s", "eventSource": "aws:sqs", "attributes": {},
                     "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:certtide-local-ssl-checker",
                     "body": "{\\"url\\": \\"%1$s\\"}"}""".formatted(url));
        }
        return "{\"Records\": [" + records + "]}";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}

package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Names that others rely on. A changed logical id makes CloudFormation replace the resource: a queue with its messages,
 * a table with its items (or fail, since the physical name is taken).
 */
class NamesTest {
    private static final List<String> NAMES = List.of(
            "TopicName",
            "QueueName",
            "TableName",
            "FunctionName",
            "LogGroupName",
            "AlarmName",
            "ApplicationName",
            "Name");

    @Test
    void logicalIdsAndPhysicalNamesOfProductionAreTheOnesOnRecord() throws IOException {
        try (var recorded = NamesTest.class.getResourceAsStream("/names-in-production.txt")) {
            var expected = new String(recorded.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(
                    expected,
                    names(Stage.PROD).entrySet().stream()
                            .map(name -> name.getKey() + " " + name.getValue() + "\n")
                            .collect(Collectors.joining()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOtherStagesHaveTheSameNames(Stage stage) {
        var production = names(Stage.PROD);
        production.values().removeIf(name -> stage != Stage.PROD && name.endsWith("-functions"));
        production.replaceAll((id, name) -> name.replaceFirst("certtide([-/])prod", "certtide$1" + stage.id()));
        assertEquals(production, names(stage));
    }

    @ParameterizedTest
    @EnumSource
    void theOutputsAreAlsoParameters(Stage stage) {
        var stack = Synthesized.of(stage);
        var outputs = stack.template().path("Outputs").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().path("Value")));
        var parameters = stack.all("AWS::SSM::Parameter").stream()
                .collect(Collectors.toMap(it -> it.property("Name").asText(), it -> it.property("Value")));
        var expected = Map.of(
                "NewUrlTopicArn", "new-url-topic-arn",
                "SslResultTopicArn", "ssl-result-topic-arn",
                "ConfigTable", "config-table",
                "DedupTable", "dedup-table",
                "ResultsTable", "results-table",
                "MarketingTable", "marketing-table",
                "NotificationsQueueUrl", "notifications-queue-url",
                "SslFailuresQueueUrl", "ssl-failures-queue-url");
        assertEquals(expected.keySet(), outputs.keySet());
        assertEquals(expected.size(), parameters.size());
        expected.forEach((output, parameter) ->
                assertEquals(outputs.get(output), parameters.get("/certtide/" + stage.id() + "/" + parameter)));
    }

    @ParameterizedTest
    @EnumSource
    void templatesHoldNoTraceOfTheMachineThatMadeThem(Stage stage) {
        var stack = Synthesized.of(stage);
        for (var resource : stack.all()) {
            var metadata = resource.json().path("Metadata");
            assertFalse(metadata.has("aws:cdk:path") || metadata.has("aws:asset:path"), resource.id());
        }
        stack.assertions().resourceCountIs("AWS::CDK::Metadata", 0);
    }

    private static Map<String, String> names(Stage stage) {
        var names = new TreeMap<String, String>();
        for (var resource : Synthesized.of(stage).all()) {
            // An alias's FunctionName is a reference, its name is the same everywhere.
            Stream<String> own = resource.type().equals("AWS::Lambda::Alias") ? Stream.of() : NAMES.stream();
            own.filter(name -> resource.property(name).isTextual())
                    .findFirst()
                    .ifPresent(name -> names.put(
                            resource.type() + " " + resource.id(),
                            resource.property(name).asText()));
        }
        return names;
    }
}

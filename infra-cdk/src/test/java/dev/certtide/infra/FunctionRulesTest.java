package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.certtide.infra.Synthesized.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.assertions.Match;

/** What holds for every function of a template, and what each of them is told. */
class FunctionRulesTest {
    private static final String FUNCTION = "AWS::Lambda::Function";

    @ParameterizedTest
    @EnumSource
    void everyFunctionRunsJava25OnGravitonAndLogsJson(Stage stage) {
        var stack = Synthesized.of(stage).assertions();
        stack.resourceCountIs(FUNCTION, 7);
        stack.allResourcesProperties(
                FUNCTION,
                Map.of(
                        "Runtime", "java25",
                        "Architectures", List.of("arm64"),
                        "LoggingConfig", Map.of("LogFormat", "JSON", "LogGroup", Match.anyValue())));
    }

    @ParameterizedTest
    @EnumSource
    void everyFunctionHasARoleAndALogGroupOfItsOwn(Stage stage) {
        var stack = Synthesized.of(stage);
        var roles = new TreeSet<String>();
        var logs = new TreeSet<String>();
        for (var function : stack.all(FUNCTION)) {
            roles.add(stack.referred(function.property("Role")).id());
            var group = stack.referred(function.property("LoggingConfig").path("LogGroup"));
            assertEquals(
                    "/aws/lambda/" + function.property("FunctionName").asText(),
                    group.property("LogGroupName").asText());
            assertTrue(group.property("RetentionInDays").asInt() > 0, group.id() + " is kept for ever");
            logs.add(group.id());
        }
        assertEquals(7, roles.size());
        assertEquals(7, logs.size());
    }

    @ParameterizedTest
    @EnumSource
    void everyFunctionIsCalledThroughItsAlias(Stage stage) {
        var stack = Synthesized.of(stage);
        var aliased = stack.all("AWS::Lambda::Alias").stream()
                .filter(alias -> alias.property("Name").asText().equals("live"))
                .map(alias -> stack.referred(alias.property("FunctionName")).id())
                .collect(Collectors.toSet());
        assertEquals(stack.all(FUNCTION).stream().map(Resource::id).collect(Collectors.toSet()), aliased);
        for (var rule : stack.all("AWS::Events::Rule")) {
            var target = stack.referred(rule.property("Targets").path(0).path("Arn"));
            assertEquals("AWS::Lambda::Alias", target.type());
        }
    }

    @ParameterizedTest
    @EnumSource
    void recheckRunsEveryMinute(Stage stage) {
        var stack = Synthesized.of(stage);
        var rule = stack.all("AWS::Events::Rule").getFirst();
        assertEquals("rate(1 minute)", rule.property("ScheduleExpression").asText());
        assertEquals("ENABLED", rule.property("State").asText());
        var alias = stack.referred(rule.property("Targets").path(0).path("Arn"));
        assertEquals("recheck", stack.referred(alias.property("FunctionName")).shortName("FunctionName"));
    }

    @ParameterizedTest
    @EnumSource
    void onlyStagesInAwsStartFromSnapshots(Stage stage) {
        for (var function : Synthesized.of(stage).all(FUNCTION)) {
            var expected = stage == Stage.LOCAL ? "" : "PublishedVersions";
            assertEquals(
                    expected, function.property("SnapStart").path("ApplyOn").asText(), function.id());
        }
    }

    @Test
    void everyVersionInProductionIsTriedOnATenthAndRolledBackOnAnError() {
        var stack = Synthesized.of(Stage.PROD);
        stack.assertions()
                .allResourcesProperties(
                        "AWS::CodeDeploy::DeploymentGroup",
                        Map.of("DeploymentConfigName", "CodeDeployDefault.LambdaCanary10Percent5Minutes"));
        var guards = stack.all("AWS::CodeDeploy::DeploymentGroup").stream()
                .map(group -> stack.referred(group.property("AlarmConfiguration")
                        .path("Alarms")
                        .path(0)
                        .path("Name")))
                .map(alarm -> alarm.property("MetricName").asText() + " of "
                        + stack.referred(dimension(alarm, "FunctionName")).shortName("FunctionName"))
                .collect(Collectors.toSet());
        assertEquals(
                Synthesized.FUNCTIONS.stream().map(name -> "Errors of " + name).collect(Collectors.toSet()), guards);
        for (var alias : stack.all("AWS::Lambda::Alias")) {
            assertTrue(alias.json().path("UpdatePolicy").has("CodeDeployLambdaAliasUpdate"), alias.id());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "PROD", mode = EnumSource.Mode.EXCLUDE)
    void noOtherStageWaitsForACanary(Stage stage) {
        Synthesized.of(stage).assertions().resourceCountIs("AWS::CodeDeploy::DeploymentGroup", 0);
    }

    @ParameterizedTest
    @EnumSource
    void everyFunctionHasItsHandler(Stage stage) {
        var handlers = Synthesized.of(stage).all(FUNCTION).stream()
                .collect(Collectors.toMap(
                        function -> function.shortName("FunctionName"),
                        function -> function.property("Handler").asText()));
        assertEquals(
                Map.of(
                        "url-registry", "dev.certtide.registry.UrlRegistryHandler",
                        "ssl-checker", "dev.certtide.checker.SslCheckerHandler",
                        "new-customers", "dev.certtide.customers.NewCustomersHandler",
                        "recheck", "dev.certtide.recheck.RecheckHandler",
                        "ssl-stats", "dev.certtide.stats.SslStatsHandler",
                        "ssl-failures", "dev.certtide.failures.SslFailuresHandler",
                        "notifier", "dev.certtide.notifier.NotifierHandler"),
                handlers);
    }

    @ParameterizedTest
    @EnumSource
    void everyFunctionIsToldWhatItWorksWithAndNothingElse(Stage stage) {
        var stack = Synthesized.of(stage);
        var environments = stack.all(FUNCTION).stream()
                .collect(Collectors.toMap(
                        function -> function.shortName("FunctionName"), function -> environment(stack, function)));
        var ownDlq = "DEAD_LETTER_QUEUE_URL=";
        var expected = Map.of(
                "url-registry",
                Set.of(
                        "CONFIG_TABLE=Config",
                        "DEDUP_TABLE=Dedup",
                        "RESULTS_TABLE=Results",
                        "SSL_FAILURES_QUEUE_URL=ssl-failures",
                        ownDlq + "url-registry-dlq"),
                "ssl-checker",
                Set.of(
                        "CONFIG_TABLE=Config",
                        "DEDUP_TABLE=Dedup",
                        "SSL_RESULT_TOPIC_ARN=ssl_result",
                        "JAVA_TOOL_OPTIONS=--enable-native-access=ALL-UNNAMED",
                        ownDlq + "ssl-checker-dlq",
                        "NEW_URL_QUEUE_URL=ssl-checker",
                        "RECHECK_QUEUE_URL=recheck",
                        "RECHECK_DEAD_LETTER_QUEUE_URL=recheck-dlq"),
                "new-customers",
                Set.of("MARKETING_TABLE=Marketing", "CONFIG_TABLE=Config", ownDlq + "new-customers-dlq"),
                "recheck",
                Set.of(
                        "CONFIG_TABLE=Config",
                        "DEDUP_TABLE=Dedup",
                        "RECHECK_QUEUE_URL=recheck",
                        "SSL_FAILURES_QUEUE_URL=ssl-failures"),
                "ssl-stats",
                Set.of(
                        "RESULTS_TABLE=Results",
                        "CONFIG_TABLE=Config",
                        "JAVA_TOOL_OPTIONS=-Dhttp.maxConnections=100",
                        ownDlq + "ssl-stats-dlq"),
                "ssl-failures",
                Set.of(
                        "RESULTS_TABLE=Results",
                        "CONFIG_TABLE=Config",
                        "DEDUP_TABLE=Dedup",
                        "NOTIFICATIONS_QUEUE_URL=notifications",
                        "RECHECK_QUEUE_URL=recheck",
                        ownDlq + "ssl-failures-dlq"),
                "notifier",
                Set.of(
                        "CONFIG_TABLE=Config",
                        "DEDUP_TABLE=Dedup",
                        "RESULTS_TABLE=Results",
                        "NOTIFICATIONS_QUEUE_URL=notifications",
                        ownDlq + "notifications-dlq"));
        for (var function : Synthesized.FUNCTIONS) {
            var variables = new TreeSet<>(expected.get(function));
            variables.add("STAGE=" + stage.id());
            assertEquals(variables, environments.get(function), function);
        }
    }

    private static Set<String> environment(Synthesized stack, Resource function) {
        return function.property("Environment").path("Variables").properties().stream()
                .map(variable -> variable.getKey() + "=" + told(stack, variable.getValue()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String told(Synthesized stack, JsonNode value) {
        if (value.isTextual()) {
            return value.asText();
        }
        var resource = stack.referred(value);
        return switch (resource.type()) {
            case "AWS::DynamoDB::Table" -> resource.shortName("TableName");
            case "AWS::SNS::Topic" -> resource.shortName("TopicName");
            case "AWS::SQS::Queue" -> resource.shortName("QueueName");
            default -> throw new AssertionError("a function is told about " + resource.type());
        };
    }

    private static JsonNode dimension(Resource alarm, String name) {
        return alarm.property("Dimensions")
                .valueStream()
                .filter(dimension -> dimension.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("Value");
    }
}

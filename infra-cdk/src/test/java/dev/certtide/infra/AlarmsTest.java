package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.infra.Synthesized.Resource;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlarmsTest {
    private static final String ALARM = "AWS::CloudWatch::Alarm";

    @ParameterizedTest
    @EnumSource
    void theFirstDeadLetterRings(Stage stage) {
        var stack = Synthesized.of(stage);
        for (var queue : stack.all("AWS::SQS::Queue")) {
            if (queue.property("RedrivePolicy").isMissingNode()) {
                assertRingsAtOne(stack, queue, "ApproximateNumberOfMessagesVisible");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void workThatWaitsTooLongRings(Stage stage) {
        var stack = Synthesized.of(stage);
        for (var queue : stack.all("AWS::SQS::Queue")) {
            if (queue.property("RedrivePolicy").isObject()) {
                var alarm = alarm(stack, queue, "ApproximateAgeOfOldestMessage");
                assertEquals(15 * 60, alarm.property("Threshold").asInt(), alarm.id());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatIsNotDeliveredRings(Stage stage) {
        var stack = Synthesized.of(stage);
        for (var topic : stack.all("AWS::SNS::Topic")) {
            assertRingsAtOne(stack, topic, "NumberOfNotificationsFailed");
            assertRingsAtOne(stack, topic, "NumberOfNotificationsFailedToRedriveToDlq");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionThatFailsOrIsThrottledRings(Stage stage) {
        var stack = Synthesized.of(stage);
        for (var function : stack.all("AWS::Lambda::Function")) {
            assertRingsAtOne(stack, function, "Errors");
            assertRingsAtOne(stack, function, "Throttles");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theScheduleFallingSilentRings(Stage stage) {
        Synthesized.of(stage)
                .assertions()
                .hasResourceProperties(
                        ALARM,
                        Map.of(
                                "AlarmName", stage.physicalName("recheck-silent"),
                                "MetricName", "Invocations",
                                "ComparisonOperator", "LessThanThreshold",
                                "TreatMissingData", "breaching"));
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsMailedUnlessTheDeploymentSaysWhom(Stage stage) {
        for (var alarm : Synthesized.of(stage).all(ALARM)) {
            assertTrue(alarm.property("AlarmActions").isMissingNode(), alarm.id());
        }
    }

    @Test
    void everyAlarmIsMailedToTheAddressAndNamedAccountsMayPublish() {
        var stack = Synthesized.with("stage=dev", "alarmEmail=ops@example.com", "publisherAccounts=111122223333");
        var topic = stack.all("AWS::SNS::Topic").stream()
                .filter(it -> it.shortName("TopicName").equals("alarms"))
                .findFirst()
                .orElseThrow();
        for (var alarm : stack.all(ALARM)) {
            assertEquals(
                    topic.id(),
                    stack.referred(alarm.property("AlarmActions").path(0)).id(),
                    alarm.id());
        }
        stack.assertions()
                .hasResourceProperties(
                        "AWS::SNS::Subscription", Map.of("Protocol", "email", "Endpoint", "ops@example.com"));
        var policies = stack.all("AWS::SNS::TopicPolicy").stream()
                .collect(Collectors.toMap(
                        policy -> stack.referred(policy.property("Topics").path(0))
                                .shortName("TopicName"),
                        policy -> policy.property("PolicyDocument").toString()));
        assertTrue(policies.get("alarms").contains("cloudwatch.amazonaws.com"), "CloudWatch is not let in");
        assertTrue(policies.get("new_url").contains("111122223333"), "the other account is not let in");
        assertTrue(!policies.get("ssl_result").contains("111122223333"), "another account may forge results");
    }

    private static void assertRingsAtOne(Synthesized stack, Resource resource, String metric) {
        var alarm = alarm(stack, resource, metric);
        assertEquals(1, alarm.property("Threshold").asInt(), alarm.id());
        assertEquals(1, alarm.property("EvaluationPeriods").asInt(), alarm.id());
        assertEquals(
                "GreaterThanOrEqualToThreshold",
                alarm.property("ComparisonOperator").asText(),
                alarm.id());
    }

    private static Resource alarm(Synthesized stack, Resource resource, String metric) {
        return stack.all(ALARM).stream()
                .filter(alarm -> alarm.property("MetricName").asText().equals(metric))
                .filter(alarm -> alarm.property("Dimensions")
                        .valueStream()
                        .anyMatch(it -> stack.referred(it.path("Value")).id().equals(resource.id())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no alarm on " + metric + " of " + resource.id()));
    }
}

package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.certtide.infra.Synthesized.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.assertions.Match;

/** What holds for every topic, subscription, queue and mapping of a template. */
class QueueRulesTest {
    private static final String QUEUE = "AWS::SQS::Queue";
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";
    private static final String SUBSCRIPTION = "AWS::SNS::Subscription";

    @ParameterizedTest
    @EnumSource
    void theVisibilityTimeoutCoversSixTimeoutsAndTheWindow(Stage stage) {
        var stack = Synthesized.of(stage);
        for (var mapping : stack.all(MAPPING)) {
            var queue = stack.referred(mapping.property("EventSourceArn"));
            var timeout = functionOf(stack, mapping).property("Timeout").asInt();
            var window = mapping.property("MaximumBatchingWindowInSeconds").asInt();
            var visibility = queue.property("VisibilityTimeout").asInt();
            assertTrue(timeout > 0 && visibility >= 6 * timeout + window, queue.id() + " is visible too soon");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWorkQueueRedrivesToADeadLetterQueueOfItsOwnAfterFiveTries(Stage stage) {
        var stack = Synthesized.of(stage);
        var deadLetters = new HashMap<String, String>();
        for (var queue : workQueues(stack)) {
            var redrive = queue.property("RedrivePolicy");
            var target = stack.referred(redrive.path("deadLetterTargetArn"));
            assertTrue(redrive.path("maxReceiveCount").asInt() >= 5, queue.id());
            assertEquals(queue.shortName("QueueName") + "-dlq", target.shortName("QueueName"));
            assertEquals(null, deadLetters.put(target.id(), queue.id()), target.id() + " is shared");
        }
        assertEquals(7, deadLetters.size());
    }

    @ParameterizedTest
    @EnumSource
    void deadLettersWaitAsLongAsSqsCanKeepThem(Stage stage) {
        var stack = Synthesized.of(stage);
        var ends = stack.all(QUEUE).stream()
                .filter(queue -> queue.property("RedrivePolicy").isMissingNode())
                .toList();
        assertEquals(12, ends.size());
        for (var end : ends) {
            assertEquals(1_209_600, end.property("MessageRetentionPeriod").asInt(), end.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyQueueIsEncryptedAndRefusesPlainHttp(Stage stage) {
        var stack = Synthesized.of(stage);
        stack.assertions().allResourcesProperties(QUEUE, Map.of("SqsManagedSseEnabled", true));
        assertTlsOnly(stack, QUEUE, "AWS::SQS::QueuePolicy", "Queues");
    }

    @ParameterizedTest
    @EnumSource
    void everyTopicRefusesPlainHttp(Stage stage) {
        assertTlsOnly(Synthesized.of(stage), "AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics");
    }

    @ParameterizedTest
    @EnumSource
    void everyTopicSaysWhoMayPublish(Stage stage) {
        var stack = Synthesized.of(stage);
        for (var policy : stack.all("AWS::SNS::TopicPolicy")) {
            var publishers = statements(policy)
                    .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                    .toList();
            assertEquals(1, publishers.size(), policy.id());
            assertEquals("sns:Publish", publishers.getFirst().path("Action").asText());
            assertTrue(publishers.getFirst().path("Principal").toString().contains("AWS::AccountId"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySubscriptionDeliversRawAndParksWhatItCannotDeliver(Stage stage) {
        var stack = Synthesized.of(stage);
        stack.assertions()
                .allResourcesProperties(
                        SUBSCRIPTION,
                        Map.of("Protocol", "sqs", "RawMessageDelivery", true, "RedrivePolicy", Match.anyValue()));
        for (var subscription : stack.all(SUBSCRIPTION)) {
            var queue = stack.referred(subscription.property("Endpoint"));
            var undelivered =
                    stack.referred(subscription.property("RedrivePolicy").path("deadLetterTargetArn"));
            assertEquals(queue.shortName("QueueName") + "-undelivered", undelivered.shortName("QueueName"));
            assertMayBeFedByOnly(stack, queue, subscription.property("TopicArn"));
            assertMayBeFedByOnly(stack, undelivered, subscription.property("TopicArn"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSubscriptionsAreTheOnesOfThePicture(Stage stage) {
        var stack = Synthesized.of(stage);
        var subscriptions = stack.all(SUBSCRIPTION).stream()
                .map(it -> stack.referred(it.property("TopicArn")).shortName("TopicName")
                        + " -> "
                        + stack.referred(it.property("Endpoint")).shortName("QueueName")
                        + it.property("FilterPolicy"))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "new_url -> url-registry",
                        "new_url -> new-customers",
                        "new_url -> ssl-checker",
                        "ssl_result -> ssl-stats",
                        "ssl_result -> ssl-failures{\"attention\":[\"yes\"]}"),
                subscriptions);
    }

    @ParameterizedTest
    @EnumSource
    void everyMappingReportsItemFailuresAndIsCapped(Stage stage) {
        Synthesized.of(stage)
                .assertions()
                .allResourcesProperties(
                        MAPPING,
                        Map.of(
                                "FunctionResponseTypes", List.of("ReportBatchItemFailures"),
                                "ScalingConfig", Map.of("MaximumConcurrency", Match.anyValue())));
    }

    @ParameterizedTest
    @EnumSource
    void everyFunctionReservesWhatItsMappingsMayUseTogetherButInDevelopment(Stage stage) {
        var stack = Synthesized.of(stage);
        var used = stack.all(MAPPING).stream()
                .collect(Collectors.groupingBy(
                        mapping -> functionOf(stack, mapping).id(),
                        Collectors.summingInt(mapping -> mapping.property("ScalingConfig")
                                .path("MaximumConcurrency")
                                .asInt())));
        for (var function : stack.all("AWS::Lambda::Function")) {
            var expected = stage == Stage.DEV ? 0 : used.getOrDefault(function.id(), 2);
            assertEquals(
                    expected, function.property("ReservedConcurrentExecutions").asInt(), function.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void newUrlsAndRechecksWaitInQueuesOfTheirOwnForTheSameChecker(Stage stage) {
        var stack = Synthesized.of(stage);
        var feeds = stack.all(MAPPING).stream()
                .map(mapping ->
                        stack.referred(mapping.property("EventSourceArn")).shortName("QueueName") + " -> "
                                + functionOf(stack, mapping).shortName("FunctionName"))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "url-registry -> url-registry",
                        "new-customers -> new-customers",
                        "ssl-checker -> ssl-checker",
                        "recheck -> ssl-checker",
                        "ssl-stats -> ssl-stats",
                        "ssl-failures -> ssl-failures",
                        "notifications -> notifier"),
                feeds);
    }

    private static List<Resource> workQueues(Synthesized stack) {
        return stack.all(MAPPING).stream()
                .map(mapping -> stack.referred(mapping.property("EventSourceArn")))
                .toList();
    }

    /** A mapping names the alias {@code live}, by splitting the alias's ARN; the alias names the function. */
    private static Resource functionOf(Synthesized stack, Resource mapping) {
        var name = mapping.property("FunctionName");
        assertTrue(name.toString().contains(":live"), mapping.id() + " calls no alias");
        var alias = stack.referred(name.findParent("Ref"));
        assertEquals("AWS::Lambda::Alias", alias.type());
        return stack.referred(alias.property("FunctionName"));
    }

    private static void assertTlsOnly(Synthesized stack, String type, String policyType, String policyTargets) {
        for (var resource : stack.all(type)) {
            var denied = policiesOf(stack, resource, policyType, policyTargets)
                    .filter(statement -> statement.path("Effect").asText().equals("Deny"))
                    .anyMatch(statement -> statement
                            .at("/Condition/Bool/aws:SecureTransport")
                            .asText()
                            .equals("false"));
            assertTrue(denied, resource.id() + " accepts plain HTTP");
        }
    }

    private static void assertMayBeFedByOnly(Synthesized stack, Resource queue, JsonNode topic) {
        var allowed = policiesOf(stack, queue, "AWS::SQS::QueuePolicy", "Queues")
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .toList();
        assertEquals(1, allowed.size(), queue.id());
        assertEquals("sqs:SendMessage", allowed.getFirst().path("Action").asText());
        assertEquals(
                "sns.amazonaws.com", allowed.getFirst().at("/Principal/Service").asText());
        assertEquals(topic, allowed.getFirst().at("/Condition/ArnEquals/aws:SourceArn"));
        assertFalse(topic.isMissingNode());
    }

    private static Stream<JsonNode> policiesOf(
            Synthesized stack, Resource resource, String policyType, String targets) {
        return stack.all(policyType).stream()
                .filter(policy ->
                        policy.property(targets).findValuesAsText("Ref").contains(resource.id()))
                .flatMap(QueueRulesTest::statements);
    }

    private static Stream<JsonNode> statements(Resource policy) {
        return policy.property("PolicyDocument").path("Statement").valueStream();
    }
}

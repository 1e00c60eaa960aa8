package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.certtide.infra.Synthesized.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A function may do what its line in the table below says, and nothing else. */
class LeastPrivilegeTest {
    private static final Set<String> READ = Set.of("BatchGetItem", "GetItem", "Query");
    private static final Set<String> WRITE =
            Set.of("BatchGetItem", "GetItem", "Query", "BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem");
    private static final Set<String> CONSUME =
            Set.of("ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage");
    private static final Set<String> SEND = Set.of("SendMessage");
    private static final Set<String> CONSUME_AND_SEND =
            Stream.concat(CONSUME.stream(), SEND.stream()).collect(Collectors.toSet());
    private static final Set<String> PUBLISH = Set.of("Publish");
    private static final Set<String> LOG = Set.of("CreateLogStream", "PutLogEvents");

    private static final Map<String, Map<String, Set<String>>> ALLOWED = Map.of(
            "url-registry",
                    Map.of(
                            "Config",
                            WRITE,
                            "Config/index/owner",
                            Set.of("Query"),
                            "Dedup",
                            WRITE,
                            "Results",
                            READ,
                            "ssl-failures",
                            SEND,
                            "url-registry",
                            CONSUME,
                            "url-registry-dlq",
                            SEND),
            "ssl-checker",
                    Map.of(
                            "Config",
                            Set.of("BatchGetItem", "GetItem"),
                            "Dedup",
                            WRITE,
                            "ssl_result",
                            PUBLISH,
                            "ssl-checker",
                            CONSUME_AND_SEND,
                            "ssl-checker-dlq",
                            SEND,
                            "recheck",
                            CONSUME_AND_SEND,
                            "recheck-dlq",
                            SEND),
            "new-customers",
                    Map.of(
                            "Marketing",
                            WRITE,
                            "Config",
                            Set.of("GetItem"),
                            "new-customers",
                            CONSUME,
                            "new-customers-dlq",
                            SEND),
            "recheck",
                    Map.of(
                            "Config",
                            with("DeleteItem", READ),
                            "Config/index/due",
                            Set.of("Query"),
                            "Dedup",
                            WRITE,
                            "recheck",
                            SEND,
                            "ssl-failures",
                            SEND),
            "ssl-stats", Map.of("Results", WRITE, "Config", WRITE, "ssl-stats", CONSUME, "ssl-stats-dlq", SEND),
            "ssl-failures",
                    Map.of(
                            "Results",
                            WRITE,
                            "Config",
                            WRITE,
                            "Dedup",
                            WRITE,
                            "notifications",
                            SEND,
                            "recheck",
                            SEND,
                            "ssl-failures",
                            CONSUME,
                            "ssl-failures-dlq",
                            SEND),
            "notifier",
                    Map.of(
                            "Config",
                            READ,
                            "Dedup",
                            WRITE,
                            "Results",
                            WRITE,
                            "notifications",
                            CONSUME_AND_SEND,
                            "notifications-dlq",
                            SEND,
                            "telephones",
                            PUBLISH));

    @ParameterizedTest
    @EnumSource
    void everyFunctionMayDoExactlyWhatItsWorkNeeds(Stage stage) {
        var stack = Synthesized.of(stage);
        for (var function : stack.all("AWS::Lambda::Function")) {
            var name = function.shortName("FunctionName");
            var expected = new TreeSet<String>();
            ALLOWED.get(name).forEach((resource, actions) -> actions.forEach(it -> expected.add(resource + " " + it)));
            LOG.forEach(action -> expected.add("/aws/lambda/" + name + " " + action));
            assertEquals(expected, allowed(stack, function), name);
        }
    }

    /** The table holds the secrets of the mail server and of all webhooks, and what owners want to be told. */
    @ParameterizedTest
    @EnumSource
    void ofConfigNewCustomersReadsTheCrmOnlyAndTheCheckerTargetsAndPrivateRoots(Stage stage) {
        var stack = Synthesized.of(stage);
        assertEquals(
                List.of("{\"ForAllValues:StringEquals\":{\"dynamodb:LeadingKeys\":[\"SECRET##crm\"]}}"),
                conditionsOfReadingConfig(stack, "NewCustomers"));
        assertEquals(
                List.of("{\"ForAllValues:StringLike\":{\"dynamodb:LeadingKeys\":[\"TARGET#*\",\"ROOTS#*\"]}}"),
                conditionsOfReadingConfig(stack, "SslChecker"));
    }

    private static List<String> conditionsOfReadingConfig(Synthesized stack, String role) {
        return stack.all("AWS::IAM::Policy").stream()
                .filter(policy -> policy.property("Roles").toString().contains(role))
                .flatMap(LeastPrivilegeTest::statements)
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .filter(statement -> statement.path("Action").toString().contains("dynamodb:GetItem"))
                .filter(statement -> named(
                                stack, each(statement.path("Resource")).getFirst())
                        .equals("Config"))
                .map(statement -> statement.path("Condition").toString())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void noRoleIsAllowedWildcards(Stage stage) {
        for (var policy : Synthesized.of(stage).all("AWS::IAM::Policy")) {
            statements(policy).forEach(statement -> {
                each(statement.path("Action"))
                        .forEach(it -> assertFalse(it.asText().contains("*"), it.asText()));
                each(statement.path("Resource"))
                        .forEach(it -> assertFalse(it.toString().contains("*"), policy.id()));
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void functionsHaveNoManagedOrInlinePoliciesBesides(Stage stage) {
        var stack = Synthesized.of(stage);
        for (var function : stack.all("AWS::Lambda::Function")) {
            var role = stack.referred(function.property("Role"));
            assertTrue(role.property("ManagedPolicyArns").isMissingNode(), role.id());
            assertTrue(role.property("Policies").isMissingNode(), role.id());
        }
    }

    /** Of the targets and watches, who may write them is another matter. */
    @ParameterizedTest
    @EnumSource
    void recheckDeletesTimersOnly(Stage stage) {
        var deleting = Synthesized.of(stage).all("AWS::IAM::Policy").stream()
                .flatMap(LeastPrivilegeTest::statements)
                .filter(statement -> statement.path("Action").asText().equals("dynamodb:DeleteItem"))
                .toList();
        assertEquals(1, deleting.size());
        assertEquals(
                List.of("TIMER#*"),
                each(deleting.getFirst().at("/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys")).stream()
                        .map(JsonNode::asText)
                        .toList());
    }

    /** Secrets and the public roots are in the table that every function works with. Nothing else is denied to anybody. */
    @ParameterizedTest
    @EnumSource
    void secretsAreReadByWhoTellsAndWrittenByNoFunctionAndSoAreThePublicRoots(Stage stage) {
        var stack = Synthesized.of(stage);
        var nothingOfSecrets =
                " Config SECRET#* [BatchGetItem, BatchWriteItem, DeleteItem, GetItem, PutItem, Query, UpdateItem]";
        var noWritingOfRoots = " Config ROOTS##public [BatchWriteItem, DeleteItem, PutItem, UpdateItem]";
        assertEquals(
                new TreeSet<>(Set.of(
                        "url-registry" + nothingOfSecrets,
                        "url-registry" + noWritingOfRoots,
                        "ssl-checker" + nothingOfSecrets,
                        "recheck" + nothingOfSecrets,
                        "recheck" + noWritingOfRoots,
                        "ssl-stats" + nothingOfSecrets,
                        "ssl-stats" + noWritingOfRoots,
                        "ssl-failures" + nothingOfSecrets,
                        "ssl-failures" + noWritingOfRoots)),
                stack.all("AWS::Lambda::Function").stream()
                        .flatMap(function -> denials(stack, function))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(
                Set.of("url-registry", "recheck", "ssl-stats", "ssl-failures"),
                stack.all("AWS::Lambda::Function").stream()
                        .filter(function -> allowed(stack, function).stream()
                                .anyMatch(allowed -> allowed.matches("Config (Put|Update|Delete|BatchWrite)Item")))
                        .map(function -> function.shortName("FunctionName"))
                        .collect(Collectors.toSet()));
    }

    /** What a function is denied: the table, the keys and the actions. */
    private static Stream<String> denials(Synthesized stack, Resource function) {
        var role = stack.referred(function.property("Role")).id();
        return stack.all("AWS::IAM::Policy").stream()
                .filter(policy ->
                        policy.property("Roles").findValuesAsText("Ref").contains(role))
                .flatMap(LeastPrivilegeTest::statements)
                .filter(statement -> statement.path("Effect").asText().equals("Deny"))
                .map(statement -> String.join(
                        " ",
                        function.shortName("FunctionName"),
                        named(stack, each(statement.path("Resource")).getFirst()),
                        each(statement.at("/Condition/ForAnyValue:StringLike/dynamodb:LeadingKeys")).stream()
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(",")),
                        each(statement.path("Action")).stream()
                                .map(action -> action.asText().split(":")[1])
                                .collect(Collectors.toCollection(TreeSet::new))
                                .toString()));
    }

    /** Which identity is verified nobody can know here; without it no mail can be sent by SES at all. */
    @Test
    void mailIsSentBySesOnlyFromTheIdentityThatIsNamed() {
        var allowed = Synthesized.with("stage=prod", "sesIdentity=example.com").all("AWS::IAM::Policy").stream()
                .flatMap(LeastPrivilegeTest::statements)
                .filter(statement -> statement.path("Action").asText().startsWith("ses:"))
                .toList();
        assertEquals(1, allowed.size());
        assertEquals("ses:SendEmail", allowed.getFirst().path("Action").asText());
        assertTrue(
                allowed.getFirst().path("Resource").toString().contains(":identity/example.com"),
                allowed.getFirst().toString());
    }

    private static Set<String> with(String action, Set<String> others) {
        var all = new TreeSet<>(others);
        all.add(action);
        return all;
    }

    private static Set<String> allowed(Synthesized stack, Resource function) {
        var role = stack.referred(function.property("Role")).id();
        var allowed = new TreeSet<String>();
        stack.all("AWS::IAM::Policy").stream()
                .filter(policy ->
                        policy.property("Roles").findValuesAsText("Ref").contains(role))
                .flatMap(LeastPrivilegeTest::statements)
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .forEach(statement -> each(statement.path("Action")).forEach(action -> resources(statement)
                        .forEach(resource -> allowed.add(
                                named(stack, resource) + " " + action.asText().split(":")[1]))));
        return allowed;
    }

    private static List<JsonNode> resources(JsonNode statement) {
        return each(statement.has("NotResource") ? statement : statement.path("Resource"));
    }

    private static String named(Synthesized stack, JsonNode arn) {
        if (arn.path("NotResource").asText().equals("arn:aws:sns:*:*:*")) {
            return "telephones";
        }
        if (arn.has("Fn::Join")) {
            var parts = arn.path("Fn::Join").path(1);
            return named(stack, parts.path(0)) + parts.path(1).asText();
        }
        var resource = stack.referred(arn);
        return Stream.of("TableName", "QueueName", "TopicName", "LogGroupName")
                .filter(property -> resource.property(property).isTextual())
                .map(property -> property.equals("LogGroupName")
                        ? "/aws/lambda/" + resource.shortName(property)
                        : resource.shortName(property))
                .findFirst()
                .orElseThrow(() -> new AssertionError("a function may use " + arn));
    }

    private static Stream<JsonNode> statements(Resource policy) {
        return policy.property("PolicyDocument").path("Statement").valueStream();
    }

    private static List<JsonNode> each(JsonNode oneOrMore) {
        return oneOrMore.isArray() ? oneOrMore.valueStream().toList() : List.of(oneOrMore);
    }
}

package dev.certtide.infra;

import static dev.certtide.infra.Permissions.allowed;
import static dev.certtide.infra.Permissions.each;
import static dev.certtide.infra.Permissions.statements;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    /** Which identity is verified nobody can know here; without it no mail can be sent by SES at all. */
    @Test
    void mailIsSentBySesOnlyFromTheIdentityThatIsNamed() {
        var allowed = Synthesized.with("stage=prod", "sesIdentity=example.com").all("AWS::IAM::Policy").stream()
                .flatMap(Permissions::statements)
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
}

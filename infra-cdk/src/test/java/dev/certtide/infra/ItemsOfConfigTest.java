package dev.certtide.infra;

import static dev.certtide.infra.Permissions.allowed;
import static dev.certtide.infra.Permissions.each;
import static dev.certtide.infra.Permissions.named;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.certtide.infra.Synthesized.Resource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of targets and watches has more in it, of which not every function may touch everything. */
class ItemsOfConfigTest {
    /** The table holds the secrets of the mail server and of all webhooks, and what owners want to be told. */
    @ParameterizedTest
    @EnumSource
    void newCustomersReadsTheCrmOnlyAndTheCheckerTargetsAndRoots(Stage stage) {
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
                .flatMap(Permissions::statements)
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .filter(statement -> statement.path("Action").toString().contains("dynamodb:GetItem"))
                .filter(statement -> named(
                                stack, each(statement.path("Resource")).getFirst())
                        .equals("Config"))
                .map(statement -> statement.path("Condition").toString())
                .toList();
    }

    /** Of the targets and watches, who may write them is another matter. */
    @ParameterizedTest
    @EnumSource
    void recheckDeletesTimersOnly(Stage stage) {
        var deleting = Synthesized.of(stage).all("AWS::IAM::Policy").stream()
                .flatMap(Permissions::statements)
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
                .flatMap(Permissions::statements)
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
}

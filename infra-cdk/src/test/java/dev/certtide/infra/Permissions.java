package dev.certtide.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.certtide.infra.Synthesized.Resource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the policies of a synthesized stack say. */
final class Permissions {
    private Permissions() {}

    /** What a function may do, and with what. */
    static Set<String> allowed(Synthesized stack, Resource function) {
        var role = stack.referred(function.property("Role")).id();
        var allowed = new TreeSet<String>();
        stack.all("AWS::IAM::Policy").stream()
                .filter(policy ->
                        policy.property("Roles").findValuesAsText("Ref").contains(role))
                .flatMap(Permissions::statements)
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .forEach(statement -> each(statement.path("Action")).forEach(action -> resources(statement)
                        .forEach(resource -> allowed.add(
                                named(stack, resource) + " " + action.asText().split(":")[1]))));
        return allowed;
    }

    private static List<JsonNode> resources(JsonNode statement) {
        return each(statement.has("NotResource") ? statement : statement.path("Resource"));
    }

    /** What the template calls it. */
    static String named(Synthesized stack, JsonNode arn) {
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

    static Stream<JsonNode> statements(Resource policy) {
        return policy.property("PolicyDocument").path("Statement").valueStream();
    }

    static List<JsonNode> each(JsonNode oneOrMore) {
        return oneOrMore.isArray() ? oneOrMore.valueStream().toList() : List.of(oneOrMore);
    }
}

package dev.certtide.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Resolves a template's intrinsic functions ("Intrinsic function reference"); one that is unknown is an error. */
final class Intrinsics {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");
    private static final JsonNode NO_VALUE = MissingNode.getInstance();

    private final Place place;
    private final JsonNode template;
    private final Map<String, Identity> identities = new HashMap<>();
    private final Set<String> resolving = new LinkedHashSet<>();

    Intrinsics(JsonNode template, Place place) {
        this.template = template;
        this.place = place;
    }

    /** A copy of {@code node} in which every intrinsic function is replaced by its value. */
    JsonNode resolve(JsonNode node, String where) {
        if (node.isArray()) {
            ArrayNode all = JSON.arrayNode();
            for (var element : node) {
                var value = resolve(element, where);
                if (value != NO_VALUE) all.add(value);
            }
            return all;
        }
        if (!node.isObject()) return node;
        if (node.size() == 1) {
            var only = node.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return call(only.getKey(), only.getValue(), where);
            }
        }
        ObjectNode all = JSON.objectNode();
        for (var field : node.properties()) {
            var value = resolve(field.getValue(), where + "." + field.getKey());
            if (value != NO_VALUE) all.set(field.getKey(), value);
        }
        return all;
    }

    private JsonNode call(String function, JsonNode argument, String where) {
        return switch (function) {
            case "Ref" -> ref(argument.asText(), where);
            case "Fn::GetAtt" -> text(attribute(argument, where));
            case "Fn::Join" ->
                text(strings(argument.get(1), where).stream()
                        .collect(Collectors.joining(argument.get(0).asText())));
            case "Fn::Sub" -> text(substitute(argument, where));
            case "Fn::Select" -> select(argument, where);
            case "Fn::Split" -> split(argument, where);
            case "Fn::If" -> resolve(argument.get(condition(argument.get(0).asText(), where) ? 1 : 2), where);
            default ->
                throw new TemplateException(
                        "%s: the intrinsic function %s is not supported".formatted(where, function));
        };
    }

    private JsonNode ref(String name, String where) {
        return switch (name) {
            case "AWS::Region" -> text(place.region());
            case "AWS::AccountId" -> text(place.accountId());
            case "AWS::Partition" -> text("aws");
            case "AWS::URLSuffix" -> text("amazonaws.com");
            case "AWS::StackName" -> text(place.stackName());
            case "AWS::StackId" -> text(place.arn("cloudformation", "stack/" + place.stackName() + "/local"));
            case "AWS::NoValue" -> NO_VALUE;
            default -> {
                var parameter = template.path("Parameters").path(name);
                if (parameter.isMissingNode()) yield text(identity(name, where).ref());
                if (parameter.has("Default")) yield parameter.get("Default");
                throw new TemplateException("%s: parameter %s has no default".formatted(where, name));
            }
        };
    }

    private String attribute(JsonNode argument, String where) {
        var path = argument.isArray()
                ? List.of(
                        argument.get(0).asText(),
                        resolve(argument.get(1), where).asText())
                : List.of(argument.asText().split("\\.", 2));
        var value = identity(path.get(0), where).attributes().get(path.get(1));
        if (value == null) {
            throw new TemplateException("%s: Fn::GetAtt %s.%s is not supported for %s"
                    .formatted(where, path.get(0), path.get(1), type(path.get(0))));
        }
        return value;
    }

    private String substitute(JsonNode argument, String where) {
        var pattern = argument.isArray() ? argument.get(0).asText() : argument.asText();
        var own = argument.isArray() ? argument.get(1) : JSON.objectNode();
        return VARIABLE.matcher(pattern).replaceAll(match -> {
            var name = match.group(2);
            String value;
            if (!match.group(1).isEmpty()) value = "${" + name + "}";
            else if (own.has(name)) value = resolve(own.get(name), where).asText();
            else if (name.contains(".")) value = attribute(text(name), where);
            else value = ref(name, where).asText();
            return java.util.regex.Matcher.quoteReplacement(value);
        });
    }

    private JsonNode select(JsonNode argument, String where) {
        var list = resolve(argument.get(1), where);
        int index = resolve(argument.get(0), where).asInt(-1);
        if (!list.has(index)) throw new TemplateException("%s: Fn::Select has no element %d".formatted(where, index));
        return list.get(index);
    }

    private JsonNode split(JsonNode argument, String where) {
        ArrayNode parts = JSON.arrayNode();
        var source = resolve(argument.get(1), where).asText();
        for (var part : source.split(Pattern.quote(argument.get(0).asText()), -1)) parts.add(part);
        return parts;
    }

    private List<String> strings(JsonNode list, String where) {
        var all = new ArrayList<String>();
        for (var element : resolve(list, where)) all.add(element.asText());
        return all;
    }

    /** Evaluates a condition of the template by its name. */
    boolean condition(String name, String where) {
        var definition = template.path("Conditions").path(name);
        if (definition.isMissingNode())
            throw new TemplateException("%s: there is no condition %s".formatted(where, name));
        return holds(definition, "condition " + name);
    }

    private boolean holds(JsonNode test, String where) {
        if (!test.isObject() || test.size() != 1) throw new TemplateException(where + ": not a condition: " + test);
        var only = test.properties().iterator().next();
        var operands = only.getValue();
        return switch (only.getKey()) {
            case "Fn::Equals" -> resolve(operands.get(0), where).equals(resolve(operands.get(1), where));
            case "Fn::Not" -> !holds(operands.get(0), where);
            case "Fn::And" -> operands.valueStream().allMatch(operand -> holds(operand, where));
            case "Fn::Or" -> operands.valueStream().anyMatch(operand -> holds(operand, where));
            case "Condition" -> condition(operands.asText(), where);
            default ->
                throw new TemplateException("%s: the function %s is not supported".formatted(where, only.getKey()));
        };
    }

    private Identity identity(String logicalId, String where) {
        var known = identities.get(logicalId);
        if (known != null) return known;
        var resource = template.path("Resources").path(logicalId);
        if (resource.isMissingNode()) {
            throw new TemplateException(
                    "%s: refers to %s, which the template does not have".formatted(where, logicalId));
        }
        if (!resolving.add(logicalId)) throw new TemplateException("circular reference: " + resolving);
        var type = type(logicalId);
        var properties = resource.path("Properties");
        var named = properties.path(Identity.nameProperty(type));
        var name = named.isMissingNode() || type.equals("AWS::Lambda::Alias")
                ? generatedName(logicalId)
                : resolve(named, where).asText();
        var identity = Identity.of(
                place, type, logicalId, name, property -> resolve(properties.path(property), logicalId + "." + property)
                        .asText());
        resolving.remove(logicalId);
        identities.put(logicalId, identity);
        return identity;
    }

    String refTo(String logicalId) {
        return identity(logicalId, logicalId).ref();
    }

    /** CloudFormation adds a random suffix; without one the name stays the same from start to start. */
    String generatedName(String logicalId) {
        var name = place.stackName() + "-" + logicalId;
        return name.length() <= 64 ? name : name.substring(0, 40) + name.substring(name.length() - 24);
    }

    private String type(String logicalId) {
        return template.path("Resources").path(logicalId).path("Type").asText();
    }

    private static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }
}

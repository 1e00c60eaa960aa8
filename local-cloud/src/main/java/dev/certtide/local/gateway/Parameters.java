package dev.certtide.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.certtide.local.template.Place;
import java.util.Map;

/** SSM's {@code GetParameter} and {@code GetParameters} for the parameters of the template. */
final class Parameters {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, String> values;
    private final Place place;

    Parameters(Map<String, String> values, Place place) {
        this.values = values;
        this.place = place;
    }

    Answer answer(String operation, JsonNode request) {
        return switch (operation) {
            case "GetParameter" -> one(request.path("Name").asText());
            case "GetParameters" -> many(request.path("Names"));
            default ->
                Answer.jsonError(
                        400,
                        "UnknownOperationException",
                        "The operation SSM %s is not supported locally.".formatted(operation));
        };
    }

    private Answer one(String name) {
        if (!values.containsKey(name))
            return Answer.jsonError(400, "ParameterNotFound", "Parameter %s not found.".formatted(name));
        var answer = JSON.objectNode();
        answer.set("Parameter", parameter(name));
        return Answer.json(answer.toString());
    }

    private Answer many(JsonNode names) {
        var answer = JSON.objectNode();
        var found = answer.putArray("Parameters");
        var invalid = answer.putArray("InvalidParameters");
        for (var name : names) {
            if (values.containsKey(name.asText())) found.add(parameter(name.asText()));
            else invalid.add(name);
        }
        return Answer.json(answer.toString());
    }

    private ObjectNode parameter(String name) {
        return JSON.objectNode()
                .put("Name", name)
                .put("Type", "String")
                .put("Value", values.get(name))
                .put("Version", 1)
                .put("DataType", "text")
                .put("ARN", place.arn("ssm", "parameter" + (name.startsWith("/") ? "" : "/") + name));
    }
}

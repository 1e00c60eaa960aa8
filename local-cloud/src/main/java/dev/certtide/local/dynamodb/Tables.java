package dev.certtide.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.certtide.local.template.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** DynamoDB: the tables of the template in dynalite. */
public final class Tables implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "DynamoDB_20120810.";

    private final Dynalite engine;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Starts the engine.
     *
     * @param data folder in which the tables are kept; in memory when empty
     */
    public Tables(Optional<Path> data) {
        engine = Dynalite.start(data.map(folder -> folder.resolve("tables")));
    }

    /** Where the engine itself listens. */
    public URI endpoint() {
        return engine.endpoint();
    }

    /** The process of the engine. */
    public ProcessHandle process() {
        return engine.handle();
    }

    /**
     * Creates those tables that do not exist.
     *
     * @throws DynamoDbException if a definition is refused
     */
    public void apply(List<TableSpec> tables) {
        for (var table : tables) {
            var request = JSON.createObjectNode().put("TableName", table.name());
            table.definition().forEach((member, json) -> request.set(member, parse(json)));
            // CloudFormation's default; without it the API asks for a throughput.
            if (!request.has("BillingMode")) request.put("BillingMode", "PROVISIONED");
            try {
                call("CreateTable", request);
            } catch (DynamoDbException e) {
                if (!e.code().equals("ResourceInUseException")) throw e;
            }
        }
    }

    /**
     * Calls one operation of the DynamoDB API.
     *
     * @throws DynamoDbException if it is answered with an error
     */
    JsonNode call(String operation, ObjectNode request) {
        var signed = HttpRequest.newBuilder(engine.endpoint())
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", API + operation)
                .header("X-Amz-Date", "20260101T000000Z")
                // dynalite wants to see a signature, and checks none.
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                .build();
        try {
            var response = http.send(signed, HttpResponse.BodyHandlers.ofString());
            var answer = parse(response.body());
            if (response.statusCode() == 200) return answer;
            var type = answer.path("__type").asText();
            throw new DynamoDbException(
                    type.substring(type.indexOf('#') + 1),
                    operation + ": "
                            + answer.path("message")
                                    .asText(answer.path("Message").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException("dynalite cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynamoDbException("Interrupted", operation);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + json, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        engine.close();
    }
}

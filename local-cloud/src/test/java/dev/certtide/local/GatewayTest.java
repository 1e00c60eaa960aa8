package dev.certtide.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** One endpoint for everything. */
class GatewayTest {
    @TempDir
    static Path folder;

    private static LocalCloud cloud;
    private static Clients clients;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        cloud = LocalCloud.of(SampleAssembly.write(folder)).port(0).start();
        clients = Clients.of(cloud.endpoint());
    }

    @AfterAll
    static void stop() {
        clients.close();
        cloud.close();
    }

    @Test
    void answersAndErrorsOfTheEnginesComeThrough() {
        var item = Map.of("pk", AttributeValue.fromS("a"), "sk", AttributeValue.fromS("b"));
        clients.dynamoDb().putItem(b -> b.tableName("Results").item(item));
        assertThrows(ConditionalCheckFailedException.class, () -> clients.dynamoDb()
                .putItem(b -> b.tableName("Results").item(item).conditionExpression("attribute_not_exists(pk)")));
        assertThrows(
                ResourceNotFoundException.class, () -> clients.dynamoDb().describeTimeToLive(b -> b.tableName("None")));
        assertThrows(QueueDoesNotExistException.class, () -> clients.urlOf("none"));
        var large = "\u00e9".repeat(100_000);
        clients.sqs()
                .sendMessage(b -> b.queueUrl(clients.urlOf("work-undelivered")).messageBody(large));
        assertEquals(
                large,
                clients.drain(clients.urlOf("work-undelivered")).getFirst().body());
    }

    @Test
    void parametersOfTheTemplateCanBeRead() throws Exception {
        var found = json("AmazonSSM.GetParameter", "{\"Name\":\"/sample/topic-arn\"}");
        assertTrue(found.body().contains("\"Value\":\"arn:aws:sns:us-east-1:000000000000:events\""), found.body());
        assertTrue(json("AmazonSSM.GetParameter", "{\"Name\":\"/none\"}").body().contains("ParameterNotFound"));
    }

    @Test
    void theCallerIsToldItsAccount() throws Exception {
        assertTrue(post("/", "Action=GetCallerIdentity&Version=2011-06-15")
                .body()
                .contains("<Account>000000000000</Account>"));
    }

    @Test
    void aFunctionCanBeInvoked() throws Exception {
        var answer = post("/2015-03-31/functions/ticker/invocations", "{\"detail-type\":\"Scheduled Event\"}");
        assertEquals("\"Scheduled Event\"", answer.body());
        var failed = post("/2015-03-31/functions/endless/invocations", "{}");
        assertEquals(
                "Unhandled", failed.headers().firstValue("X-Amz-Function-Error").orElseThrow());
        assertEquals(404, post("/2015-03-31/functions/none/invocations", "{}").statusCode());
    }

    @Test
    void whatIsNotHereIsAnsweredByName() throws Exception {
        var kinesis = json("Kinesis_20131202.ListStreams", "{}");
        assertEquals(400, kinesis.statusCode());
        assertTrue(
                kinesis.body().contains("UnknownOperationException")
                        && kinesis.body().contains("ListStreams"),
                kinesis.body());
        assertTrue(post("/", "Action=ListStacks&Version=2010-05-15").body().contains("<Code>InvalidAction</Code>"));
        assertTrue(post("/", "Action=TagResource&Version=2010-03-31").body().contains("TagResource is not supported"));
        assertEquals(404, post("/bucket/key", "").statusCode());
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        var refused = assertThrows(UncheckedIOException.class, () -> LocalCloud.of(folder)
                .port(cloud.endpoint().getPort())
                .start()
                .close());
        assertTrue(refused.getMessage().contains("port " + cloud.endpoint().getPort()), refused.getMessage());
    }

    private HttpResponse<String> json(String target, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(cloud.endpoint())
                        .header("X-Amz-Target", target)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(cloud.endpoint().resolve(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString(UTF_8));
    }
}

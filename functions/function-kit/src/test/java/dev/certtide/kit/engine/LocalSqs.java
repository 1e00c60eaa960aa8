package dev.certtide.kit.engine;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** ElasticMQ, an SQS in this process, on loopback. */
public final class LocalSqs implements AutoCloseable {
    private final SQSRestServer server;
    private final URI endpoint;
    private final SqsClient client;

    private LocalSqs(SQSRestServer server) {
        this.server = server;
        this.endpoint = URI.create(
                "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
        this.client = clientOf(endpoint);
    }

    /** A client of an engine, or of what stands in front of it. */
    public static SqsClient clientOf(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Starts the engine and waits until it listens. */
    public static LocalSqs start() {
        return new LocalSqs(SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .start());
    }

    /** Where it listens. */
    public URI endpoint() {
        return endpoint;
    }

    public SqsClient client() {
        return client;
    }

    /** A new empty queue; returns its URL. */
    public String newQueue() {
        return client.createQueue(request -> request.queueName("q-" + UUID.randomUUID()))
                .queueUrl();
    }

    /** Takes all messages out of a queue, with their attributes. */
    public List<Message> drain(String queueUrl) {
        var all = new java.util.ArrayList<Message>();
        while (true) {
            var some = client.receiveMessage(request ->
                            request.queueUrl(queueUrl).maxNumberOfMessages(10).messageAttributeNames("All"))
                    .messages();
            if (some.isEmpty()) {
                return all;
            }
            all.addAll(some);
        }
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
    }
}

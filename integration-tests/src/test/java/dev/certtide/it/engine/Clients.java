package dev.certtide.it.engine;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The real clients, pointed at an engine's one endpoint. */
public record Clients(SnsClient sns, SqsClient sqs, DynamoDbClient dynamoDb, LambdaClient lambda)
        implements AutoCloseable {
    /** Clients of the engine that listens there. */
    public static Clients of(URI endpoint, String region) {
        return new Clients(
                configure(SnsClient.builder(), endpoint, region).build(),
                configure(SqsClient.builder(), endpoint, region).build(),
                configure(DynamoDbClient.builder(), endpoint, region).build(),
                configure(LambdaClient.builder(), endpoint, region).build());
    }

    /** Sets what a local engine asks for: where it is, and credentials of any kind. */
    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
            B builder, URI endpoint, String region) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    /**
     * Runs what the rule runs every minute, as if it were that minute.
     *
     * @throws IllegalStateException when the function fails
     */
    public void recheck(Instant minute) {
        var answer = lambda.invoke(request -> request.functionName("certtide-local-recheck")
                .payload(SdkBytes.fromUtf8String("""
                        {"version": "0", "id": "%s", "detail-type": "Scheduled Event", "source": "aws.events",
                         "account": "000000000000", "time": "%s", "region": "us-east-1", "resources": [], "detail": {}}
                        """.formatted(UUID.randomUUID(), minute))));
        if (answer.functionError() != null) {
            throw new IllegalStateException(
                    "recheck failed: " + answer.payload().asUtf8String());
        }
    }

    @Override
    public void close() {
        sns.close();
        sqs.close();
        dynamoDb.close();
        lambda.close();
    }
}

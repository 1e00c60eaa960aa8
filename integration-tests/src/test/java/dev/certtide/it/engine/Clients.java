package dev.certtide.it.engine;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
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

    @Override
    public void close() {
        sns.close();
        sqs.close();
        dynamoDb.close();
        lambda.close();
    }
}

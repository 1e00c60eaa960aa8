package dev.certtide.cli;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Where Certtide runs: on this machine, or in an AWS account. */
final class Cloud {
    private static final String LOCAL = "local";

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "Where AWS is. Default for the stage local: the running `certtide up`; otherwise AWS itself.")
    private Optional<URI> endpoint = Optional.empty();

    @Option(
            names = "--stage",
            defaultValue = LOCAL,
            description = "The stage that was deployed. Default: ${DEFAULT-VALUE}.")
    private String stage = LOCAL;

    /** Does something with SNS. */
    <T> T withSns(Function<SnsClient, T> work) {
        try (var sns = configure(SnsClient.builder()).build()) {
            return reachable(() -> work.apply(sns));
        }
    }

    /** Does something with SQS. */
    <T> T withSqs(Function<SqsClient, T> work) {
        try (var sqs = configure(SqsClient.builder()).build()) {
            return reachable(() -> work.apply(sqs));
        }
    }

    /** Does something with DynamoDB. */
    <T> T withDynamoDb(Function<DynamoDbClient, T> work) {
        try (var dynamoDb = configure(DynamoDbClient.builder()).build()) {
            return reachable(() -> work.apply(dynamoDb));
        }
    }

    /** What time it is there: in a demo, time may fly. */
    Instant now() {
        boolean isRunningHere =
                address().filter(RunningCloud.endpoint()::equals).isPresent();
        return isRunningHere ? Instant.now().plus(RunningCloud.ahead()) : Instant.now();
    }

    /** The name of one of the stack's tables, for example {@code Results}. */
    String table(String name) {
        return physicalName(name);
    }

    /** The ARN of one of the stack's topics, for example {@code new_url}. */
    String topic(SnsClient sns, String name) {
        return sns.listTopicsPaginator().topics().stream()
                .map(Topic::topicArn)
                .filter(arn -> arn.endsWith(":" + physicalName(name)))
                .findFirst()
                .orElseThrow(() -> missing("topic", name, null));
    }

    /** The URL of one of the stack's queues, for example {@code ssl-failures}. */
    String queue(SqsClient sqs, String name) {
        try {
            return sqs.getQueueUrl(request -> request.queueName(physicalName(name)))
                    .queueUrl();
        } catch (QueueDoesNotExistException absent) {
            throw missing("queue", name, absent);
        }
    }

    private UnreachableCloudException missing(String kind, String name, Throwable cause) {
        return new UnreachableCloudException(
                "there is no " + kind + " " + physicalName(name)
                        + " here; deploy the stage first, or name another with --stage",
                cause);
    }

    private String physicalName(String name) {
        return "certtide-" + stage + "-" + name;
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(B builder) {
        builder.httpClientBuilder(UrlConnectionHttpClient.builder());
        address().ifPresent(url -> {
            builder.endpointOverride(url);
            // Local engines take any credentials, and a new user has none.
            builder.region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                    // What does not listen on this machine will not do so a second later.
                    .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()));
        });
        return builder;
    }

    private Optional<URI> address() {
        return endpoint.or(() -> stage.equals(LOCAL) ? Optional.of(RunningCloud.endpoint()) : Optional.empty());
    }

    private <T> T reachable(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkClientException unreachable) {
            throw new UnreachableCloudException(
                    address()
                            .map(url -> "nothing answers at " + url + "; start it with `./certtide up`")
                            .orElse("AWS can't be reached: " + unreachable.getMessage()),
                    unreachable);
        }
    }
}

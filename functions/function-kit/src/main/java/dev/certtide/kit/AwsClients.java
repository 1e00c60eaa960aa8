package dev.certtide.kit;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The AWS clients of a function, each built once, on first use.
 *
 * <p>They are built from the function's environment and not from the process's, so that several functions can run in one
 * process: {@code AWS_REGION}, the credentials, and the endpoint from {@code AWS_ENDPOINT_URL_SQS} (likewise
 * {@code _SNS}, {@code _DYNAMODB}) or {@code AWS_ENDPOINT_URL} (AWS SDKs and Tools Reference Guide, "Service-specific
 * endpoints").
 */
public final class AwsClients {
    /**
     * For a call with all its repetitions. Left to itself the SDK asks a throttled table again for most of a minute, and
     * Lambda would end the function in the midst of it; an error in time can be dealt with, and the work comes back.
     */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    private static final ScopedValue<Lent> LENT = ScopedValue.newInstance();

    private record Lent(DynamoDbClient dynamoDb, SqsClient sqs) {}

    private final Environment environment;
    private final Supplier<SnsClient> sns;
    private final Supplier<SqsClient> sqs;
    private final Supplier<DynamoDbClient> dynamoDb;

    /** Clients for that environment; nothing is connected yet. */
    public AwsClients(Environment environment) {
        this.environment = environment;
        this.sns = once(() -> configure(SnsClient.builder(), "SNS").build());
        var lent = LENT.isBound() ? Optional.of(LENT.get()) : Optional.<Lent>empty();
        this.sqs = once(() -> lent.map(Lent::sqs)
                .orElseGet(() -> configure(SqsClient.builder(), "SQS").build()));
        this.dynamoDb = once(() -> lent.map(Lent::dynamoDb)
                .orElseGet(() -> configure(DynamoDbClient.builder(), "DYNAMODB").build()));
    }

    /**
     * Makes functions that use these clients, whatever their variables say: those of engines that have no address, since
     * they run in this process. Functions are made from variables and a clock alone, so the clients come another way.
     *
     * @param functions makes one or more, on this thread; what is made elsewhere or later has clients of its own
     */
    public static <T> T lend(DynamoDbClient dynamoDb, SqsClient sqs, Supplier<T> functions) {
        return ScopedValue.where(LENT, new Lent(dynamoDb, sqs)).call(functions::get);
    }

    public SnsClient sns() {
        return sns.get();
    }

    public SqsClient sqs() {
        return sqs.get();
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb.get();
    }

    /**
     * A builder with this environment's region, credentials and endpoint, for a service that few functions use.
     *
     * @param service as in {@code AWS_ENDPOINT_URL_<service>}, for example {@code SESV2}
     */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(B builder, String service) {
        builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(credentials())
                .overrideConfiguration(override -> override.apiCallTimeout(LONGEST_CALL));
        environment.optional("AWS_REGION").map(Region::of).ifPresent(builder::region);
        environment
                .optional("AWS_ENDPOINT_URL_" + service)
                .or(() -> environment.optional("AWS_ENDPOINT_URL"))
                .map(URI::create)
                .ifPresent(builder::endpointOverride);
        return builder;
    }

    private AwsCredentialsProvider credentials() {
        var id = environment.optional("AWS_ACCESS_KEY_ID");
        var secret = environment.optional("AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || secret.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(environment
                .optional("AWS_SESSION_TOKEN")
                .<software.amazon.awssdk.auth.credentials.AwsCredentials>map(
                        token -> AwsSessionCredentials.create(id.get(), secret.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id.get(), secret.get())));
    }

    private static <T> Supplier<T> once(Supplier<T> supplier) {
        return new Supplier<>() {
            private T value;

            @Override
            public synchronized T get() {
                if (value == null) {
                    value = supplier.get();
                }
                return value;
            }
        };
    }
}

package dev.certtide.kit.engine;

import dev.certtide.kit.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** dynalite, a DynamoDB from npm, as a child process that ends with this JVM. Run {@code npm ci} once before. */
public final class LocalDynamoDb implements AutoCloseable {
    private static final String LAUNCHER = """
            const server = require('dynalite')({createTableMs: 0});
            process.stdin.on('end', () => process.exit(0)).resume();
            process.on('uncaughtException', (error) => { if (error.code !== 'ECONNRESET' && error.message !== 'aborted') throw error; });
            server.listen(0, '127.0.0.1', () => console.log(server.address().port));
            """;

    private final Process process;
    private final URI endpoint;
    private final DynamoDbClient client;

    private LocalDynamoDb(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        this.client = clientOf(endpoint);
    }

    /** A client of an engine, or of what stands in front of it. */
    public static DynamoDbClient clientOf(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Starts the engine and waits until it listens. */
    public static LocalDynamoDb start() {
        try {
            var process = new ProcessBuilder("node", "-e", LAUNCHER)
                    .directory(projectFolder().toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var port = lines.readLine();
            if (port == null) {
                throw new IllegalStateException("dynalite did not start; run: npm ci");
            }
            return new LocalDynamoDb(process, URI.create("http://127.0.0.1:" + port));
        } catch (IOException noNode) {
            throw new UncheckedIOException("Node 20 or newer is needed on the PATH", noNode);
        }
    }

    /** Where it listens. */
    public URI endpoint() {
        return endpoint;
    }

    public DynamoDbClient client() {
        return client;
    }

    /** A new empty table with the keys that all tables have, and the indexes of {@code Config}; returns its name. */
    public String newTable() {
        var name = "t-" + UUID.randomUUID();
        client.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Stream.of("pk", "sk", "due", "dueKey", "owner")
                        .map(LocalDynamoDb::text)
                        .toList())
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .globalSecondaryIndexes(
                        index("due", "dueKey", ProjectionType.ALL), index("owner", "pk", ProjectionType.KEYS_ONLY)));
        // The SDK's waiter would look again after 20 seconds.
        while (client.describeTable(request -> request.tableName(name)).table().tableStatus() != TableStatus.ACTIVE) {
            Thread.onSpinWait();
        }
        return name;
    }

    private static GlobalSecondaryIndex index(String partitionKey, String sortKey, ProjectionType projected) {
        return GlobalSecondaryIndex.builder()
                .indexName(partitionKey)
                .keySchema(key(partitionKey, KeyType.HASH), key(sortKey, KeyType.RANGE))
                .projection(projection -> projection.projectionType(projected))
                .build();
    }

    /** A new empty table, to work on. */
    public Table table() {
        return new Table(client, newTable());
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static Path projectFolder() {
        return Stream.iterate(Path.of("").toAbsolutePath(), java.util.Objects::nonNull, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("package.json")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no package.json here or above"));
    }
}

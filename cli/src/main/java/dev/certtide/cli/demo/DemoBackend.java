package dev.certtide.cli.demo;

import dev.certtide.farm.FarmHost;
import dev.certtide.kit.Incidents;
import dev.certtide.kit.Table;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The backend of the demo: it knows nothing of Certtide but its topics and tables. */
final class DemoBackend {
    static final String PREFIX = "certtide-local-";
    static final String OWNER = "demo";
    private static final String DEPLOYMENT = "SECRET##deployment";

    private final URI endpoint;
    private final StaticCredentialsProvider anyCredentials =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    DemoBackend(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** Stores the mail server and the webhook key, as an operator would with {@code certtide configure}. */
    void configure(int mailPort, String webhookKey) {
        try (var dynamoDb = dynamoDb()) {
            dynamoDb.putItem(request -> request.tableName(PREFIX + "Config")
                    .item(Map.of(
                            "pk", AttributeValue.fromS(DEPLOYMENT),
                            "sk", AttributeValue.fromS("SMTP"),
                            "host", AttributeValue.fromS("127.0.0.1"),
                            "port", AttributeValue.fromN(Integer.toString(mailPort)),
                            "security", AttributeValue.fromS("none"),
                            "from", AttributeValue.fromS("certtide@localhost"))));
            dynamoDb.putItem(request -> request.tableName(PREFIX + "Config")
                    .item(Map.of(
                            "pk", AttributeValue.fromS(DEPLOYMENT),
                            "sk", AttributeValue.fromS("WEBHOOK"),
                            "secret", AttributeValue.fromS(webhookKey))));
        }
    }

    /** Subscribes to {@code ssl_result}, as any other service may. */
    ResultFeed follow(Consumer<String> arrived) {
        var sqs = sqs();
        var queue = sqs.createQueue(request -> request.queueName("certtide-demo-results"))
                .queueUrl();
        var arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        try (var sns = sns()) {
            var topic = topic(sns, "ssl_result");
            sns.subscribe(request -> request.topicArn(topic)
                    .protocol("sqs")
                    .endpoint(arn)
                    .attributes(Map.of("RawMessageDelivery", "true")));
        }
        return new ResultFeed(sqs, queue, arrived);
    }

    /** The stack's queues. */
    StackQueues queues() {
        return new StackQueues(sqs());
    }

    /** Publishes what a backend in a hurry sends: a bare object each. */
    void publish(List<FarmHost> hosts, String webhook) {
        hosts.forEach(host -> publish(host.url(), webhook, Map.of()));
    }

    /** The same of one address, with a policy. */
    void publish(String url, String webhook, Map<String, ?> policy) {
        var channels = List.of(
                Map.of("type", "email", "address", "demo@certtide.test"), Map.of("type", "webhook", "url", webhook));
        var site = Map.of(
                "url", url, "owner", OWNER, "email", "demo@certtide.test", "channels", channels, "policy", policy);
        try (var sns = sns()) {
            var topic = topic(sns, "new_url");
            sns.publish(request -> request.topicArn(topic).message(Json.write(site)));
        }
    }

    /** The incident of the owner at a host, if there is one. */
    Optional<Incident> incident(Target target) {
        try (var dynamoDb = dynamoDb()) {
            return new Incidents(new Table(dynamoDb, PREFIX + "Results"))
                    .find(new Owner(OWNER), Cause.of(target).id());
        }
    }

    /** What the schedule has: the keys of the index {@code due}. */
    List<String> dues() {
        try (var dynamoDb = dynamoDb()) {
            return dynamoDb
                    .scanPaginator(request -> request.tableName(PREFIX + "Config")
                            .filterExpression("attribute_exists(due)")
                            .projectionExpression("due"))
                    .items()
                    .stream()
                    .map(item -> item.get("due").s())
                    .toList();
        }
    }

    /** Has the schedule begin afresh, so that it does not make up for the minutes that time leapt over. */
    void forgetMissedMinutes() {
        try (var dynamoDb = dynamoDb()) {
            dynamoDb.deleteItem(request -> request.tableName(PREFIX + "Dedup")
                    .key(Map.of("pk", AttributeValue.fromS("recheck#cursor"), "sk", AttributeValue.fromS("CURSOR"))));
        }
    }

    private static String topic(SnsClient sns, String name) {
        return sns.listTopics().topics().stream()
                .map(topic -> topic.topicArn())
                .filter(arn -> arn.endsWith(":" + PREFIX + name))
                .findFirst()
                .orElseThrow();
    }

    private DynamoDbClient dynamoDb() {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(anyCredentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private SnsClient sns() {
        return SnsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(anyCredentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private SqsClient sqs() {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(anyCredentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}

package dev.certtide.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.certtide.farm.TlsFarm;
import dev.certtide.local.LocalCloud;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** The whole stack on this machine, and a TLS server with as many names as a benchmark likes. */
final class Stage implements AutoCloseable {
    private static final String DOMAIN = "bench.certtide.test";

    private final TlsFarm farm;
    private final SiteFiles files = new SiteFiles();
    private final LocalCloud cloud;
    private final SnsClient sns;
    private final DynamoDbClient dynamoDb;
    private final int port;
    private final Set<String> seen = new HashSet<>();
    private int taken;

    private Stage(int names) throws IOException {
        farm = TlsFarm.start();
        port = farm.serve("any." + DOMAIN, farm.issue("*." + DOMAIN, Duration.ofDays(60)))
                .port();
        farm.writeRootPem(files.rootPem());
        Files.writeString(
                files.hosts(),
                IntStream.range(0, names)
                        .mapToObj(i -> "127.0.0.1 " + name(i) + "\n")
                        .collect(Collectors.joining()));
        cloud = LocalCloud.of(Path.of(System.getProperty("certtide.home"), "infra-cdk", "target", "cdk.out-local"))
                .port(0)
                .environment(files.environment(Map.of()))
                .functionLog(line -> {})
                .start();
        sns = LocalClients.client(SnsClient.builder(), cloud.endpoint());
        dynamoDb = LocalClients.client(DynamoDbClient.builder(), cloud.endpoint());
    }

    static Stage start(int names) throws IOException {
        return new Stage(names);
    }

    /** Targets that were never taken before. */
    List<Target> take(int count) {
        var targets = IntStream.range(taken, taken + count)
                .mapToObj(i -> Target.parse("https://" + name(i) + ":" + port))
                .toList();
        taken += count;
        return targets;
    }

    void publish(List<Target> targets) {
        var topic = cloud.outputs().get("NewUrlTopicArn");
        targets.stream()
                .gather(Gatherers.windowFixed(10))
                .forEach(batch -> sns.publishBatch(request -> request.topicArn(topic)
                        .publishBatchRequestEntries(IntStream.range(0, batch.size())
                                .mapToObj(i -> PublishBatchRequestEntry.builder()
                                        .id(Integer.toString(i))
                                        .message(Json.write(
                                                Map.of("url", batch.get(i).id(), "owner", "benchmark")))
                                        .build())
                                .toList())));
    }

    boolean isStored(Target target) {
        return dynamoDb.getItem(request -> request.tableName(cloud.outputs().get("ResultsTable"))
                        .key(Map.of(
                                "pk", AttributeValue.fromS("TARGET#" + target.id()),
                                "sk", AttributeValue.fromS("LATEST")))
                        .consistentRead(true))
                .hasItem();
    }

    /** The targets whose results were stored since this was last asked. */
    List<String> storedSince() {
        var news = new ArrayList<String>();
        dynamoDb
                .scanPaginator(request -> request.tableName(cloud.outputs().get("ResultsTable"))
                        .filterExpression("sk = :latest")
                        .projectionExpression("target")
                        .expressionAttributeValues(Map.of(":latest", AttributeValue.fromS("LATEST"))))
                .items()
                .stream()
                .map(item -> item.get("target").s())
                .filter(seen::add)
                .forEach(news::add);
        return news;
    }

    /** CPU time that this process has used; the table engine, a process of its own, is not in it. */
    double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static String name(int i) {
        return "host-" + i + "." + DOMAIN;
    }

    @Override
    public void close() throws IOException {
        sns.close();
        dynamoDb.close();
        cloud.close();
        farm.close();
        files.close();
    }
}

package dev.certtide.benchmarks.cost;

import dev.certtide.benchmarks.LocalClients;
import dev.certtide.kit.Config;
import dev.certtide.kit.Table;
import dev.certtide.local.LocalCloud;
import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Usage;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.SnsClient;

/** The whole stack on this machine, with a clock that is turned by hand and a meter at every service. */
final class MeteredStack implements AutoCloseable {
    private static final Duration BETWEEN_SIGN_UPS = Duration.ofMillis(100);

    /** Longer than any mapping gathers. */
    private static final Duration QUIET = Duration.ofSeconds(12);

    private final AtomicReference<Instant> now;
    private final LocalCloud cloud;
    private final SnsClient sns;
    private final DynamoDbClient dynamoDb;

    MeteredStack(Map<String, String> environment, Instant start) {
        now = new AtomicReference<>(start);
        cloud = LocalCloud.of(Path.of(System.getProperty("certtide.home"), "infra-cdk", "target", "cdk.out-local"))
                .port(0)
                .clock(now::get)
                .environment(environment)
                .metered(true)
                .start();
        sns = LocalClients.client(SnsClient.builder(), cloud.endpoint());
        dynamoDb = LocalClients.client(DynamoDbClient.builder(), cloud.endpoint());
    }

    URI endpoint() {
        return cloud.endpoint();
    }

    String output(String name) {
        return cloud.outputs().get(name);
    }

    /** Publishes each URL by itself, ten in a second, as a backend does when people sign up. */
    void signUp(List<Target> targets) {
        targets.forEach(target -> {
            sns.publish(request -> request.topicArn(output("NewUrlTopicArn"))
                    .message(Json.write(Map.of("url", target.id(), "owner", "owner-of-" + target.host()))));
            LockSupport.parkNanos(BETWEEN_SIGN_UPS.toNanos());
        });
    }

    /** Puts targets on the schedule that nobody has checked yet. */
    void schedule(List<Target> targets) {
        var config = new Config(new Table(dynamoDb, output("ConfigTable")));
        targets.forEach(config::schedule);
    }

    Instant now() {
        return now.get();
    }

    /** Turns the clock, minute by minute, and runs what became due. */
    void turnTo(Instant instant) {
        now.set(instant);
        cloud.runDueRules();
    }

    /** What everything uses until nothing is left to do. */
    Usage whileDoing(Runnable work) {
        awaitQuiet();
        var before = cloud.usage();
        work.run();
        awaitQuiet();
        return cloud.usage().since(before);
    }

    private void awaitQuiet() {
        double busy = busy();
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET.toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            if (busy() != busy) {
                busy = busy();
                since = System.nanoTime();
            }
        }
    }

    /** Grows as long as anything is done. */
    private double busy() {
        var usage = cloud.usage();
        return Stream.of(Charge.LAMBDA_REQUESTS, Charge.SNS_REQUESTS, Charge.READ_UNITS, Charge.WRITE_UNITS)
                        .mapToDouble(usage::total)
                        .sum()
                + usage.total(Charge.SQS_REQUESTS)
                - usage.total(Charge.SQS_EMPTY_RECEIVES);
    }

    /** The items of {@code Results} with that sort key or beginning. */
    List<Map<String, AttributeValue>> results(String sortKey) {
        return dynamoDb
                .scanPaginator(request -> request.tableName(output("ResultsTable"))
                        .filterExpression("begins_with(sk, :key)")
                        .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(sortKey))))
                .items()
                .stream()
                .toList();
    }

    /** How many such items these targets have. */
    int results(String sortKey, Collection<Target> targets) {
        var ids = targets.stream().map(Target::id).collect(Collectors.toSet());
        return (int) results(sortKey).stream()
                .filter(item -> ids.contains(item.get("target").s()))
                .count();
    }

    @Override
    public void close() {
        sns.close();
        dynamoDb.close();
        cloud.close();
    }
}

package dev.certtide.benchmarks.cost;

import dev.certtide.benchmarks.LocalClients;
import dev.certtide.local.meter.Charge;
import dev.certtide.local.meter.Meter;
import dev.certtide.local.meter.Usage;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import dev.certtide.probe.TlsChecker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The design that comes to mind first: a message for every check, ten of them in an invocation; each check claimed, its
 * result published, and written. Here without what it would have besides (a schedule item written per check, retries),
 * so that it costs too little rather than too much.
 */
final class NaiveDesign implements AutoCloseable {
    static final int AT_ONCE = 10;

    private static final int CHECKER_MEGABYTES = 1024;
    private static final int STATS_MEGABYTES = 512;
    /** What Lambda itself logs of an invocation, START, END and REPORT, and one line of the function's. */
    private static final String LOG_LINES = "x".repeat(600);

    private final SqsClient sqs;
    private final SnsClient sns;
    private final DynamoDbClient dynamoDb;
    private final TlsChecker checker;
    private final InstantSource clock;
    private final Meter lambda = new Meter();
    private final String due;
    private final String checked;
    private final String topic;
    private final String results;
    private final String claims;

    NaiveDesign(MeteredStack stack, TlsChecker checker, InstantSource clock) {
        this.checker = checker;
        this.clock = clock;
        sqs = LocalClients.client(SqsClient.builder(), stack.endpoint());
        sns = LocalClients.client(SnsClient.builder(), stack.endpoint());
        dynamoDb = LocalClients.client(DynamoDbClient.builder(), stack.endpoint());
        due = sqs.createQueue(request -> request.queueName("naive-due")).queueUrl();
        checked = sqs.createQueue(request -> request.queueName("naive-checked")).queueUrl();
        topic = sns.createTopic(request -> request.name("naive-result")).topicArn();
        sns.subscribe(request -> request.topicArn(topic)
                .protocol("sqs")
                .endpoint("arn:aws:sqs:us-east-1:000000000000:naive-checked")
                .attributes(Map.of("RawMessageDelivery", "true")));
        results = stack.output("ResultsTable");
        claims = stack.output("DedupTable");
    }

    /** Checks all of them; what the invocations used is not in the stack's usage but in {@link #lambda}. */
    void check(List<Target> targets, Instant minute) {
        send(targets);
        work(due, CHECKER_MEGABYTES, messages -> checkAll(messages, minute));
        work(checked, STATS_MEGABYTES, messages -> messages.forEach(this::keep));
    }

    /** What the invocations used until now. */
    Usage lambda() {
        return lambda.usage();
    }

    private void send(List<Target> targets) {
        targets.stream()
                .gather(Gatherers.windowFixed(AT_ONCE))
                .forEach(batch -> sqs.sendMessageBatch(request -> request.queueUrl(due)
                        .entries(IntStream.range(0, batch.size())
                                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                                        .id("" + i)
                                        .messageBody(batch.get(i).id())
                                        .build())
                                .toList())));
    }

    private void work(String queue, int megabytes, Consumer<List<Message>> function) {
        while (true) {
            var messages = sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(AT_ONCE))
                    .messages();
            if (messages.isEmpty()) {
                return;
            }
            long began = System.nanoTime();
            function.accept(messages);
            lambda.invocation("naive", megabytes, System.nanoTime() - began);
            lambda.add(Charge.LOG_BYTES, "naive", LOG_LINES.length());
            sqs.deleteMessageBatch(request -> request.queueUrl(queue)
                    .entries(messages.stream()
                            .map(message -> DeleteMessageBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                            .toList()));
        }
    }

    private void checkAll(List<Message> messages, Instant minute) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            messages.forEach(message -> executor.submit(() -> check(Target.parse(message.body()), minute)));
        }
    }

    private void check(Target target, Instant minute) {
        dynamoDb.putItem(request -> request.tableName(claims)
                .item(Map.of(
                        "pk", text("naive#" + target.id() + "#" + minute),
                        "sk", text("CLAIM"),
                        "expiresAt",
                                AttributeValue.fromN(
                                        "" + minute.plusSeconds(3600).getEpochSecond())))
                .conditionExpression("attribute_not_exists(pk)"));
        var result = checker.check(target, clock);
        sns.publish(request -> request.topicArn(topic).message(Json.write(result)));
    }

    private void keep(Message message) {
        var result = Json.read(CheckResult.class, message.body());
        dynamoDb.putItem(request -> request.tableName(results)
                .item(Map.of(
                        "pk", text("NAIVE#" + result.target().id()),
                        "sk", text("LATEST"),
                        "checkedAt", text(result.checkedAt().toString()),
                        "status", text(result.status().word()),
                        "result", text(message.body()))));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    @Override
    public void close() {
        sqs.close();
        sns.close();
        dynamoDb.close();
    }
}

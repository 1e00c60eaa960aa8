package dev.certtide.it.stack;

import dev.certtide.farm.FarmHost;
import dev.certtide.farm.Identity;
import dev.certtide.farm.TlsFarm;
import dev.certtide.it.engine.Engine;
import dev.certtide.kit.Policies;
import dev.certtide.kit.Table;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.schedule.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The deployed stack as a test sees it: clients, outputs, TLS servers, and owners who can be told. */
public final class Stack implements AutoCloseable {
    private static final AtomicInteger NEXT_NUMBER = new AtomicInteger(1);

    private final Engine engine;
    private final Path folder;
    private final TlsFarm farm = TlsFarm.start();
    private final WebhookInbox webhooks = WebhookInbox.open();
    private final MailInbox mails = MailInbox.open();
    private final Queues queues;
    private final Map<String, DeadLetterBox> deadLetters = new ConcurrentHashMap<>();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    private Stack(Engine engine) throws IOException {
        this.engine = engine;
        folder = Files.createTempDirectory("certtide-tests");
        Files.writeString(folder.resolve(Engine.HOSTS_FILE), "");
        farm.writeRootPem(folder.resolve(Engine.ROOTS_FILE));
        engine.start(folder);
        queues = new Queues(engine.clients().sqs());
        writeHosts();
        farm.hosts().stream().map(FarmHost::port).forEach(engine::reach);
        engine.reach(webhooks.port());
        engine.reach(mails.port());
        configure();
    }

    /** Starts an engine with the stack, and what the tests need around it. */
    static Stack start(Engine engine) {
        try {
            return new Stack(engine);
        } catch (IOException e) {
            throw new UncheckedIOException("the files of the tests cannot be written", e);
        }
    }

    /** Stores the mail server, the webhook key and the CRM, as an operator does with {@code certtide configure}. */
    private void configure() {
        store(
                "SECRET##deployment",
                "SMTP",
                Map.of(
                        "host", AttributeValue.fromS(engine.addressOfThisMachine()),
                        "port", AttributeValue.fromN(Integer.toString(mails.port())),
                        "security", AttributeValue.fromS("none"),
                        "from", AttributeValue.fromS("certtide@certtide.test")));
        var key = AttributeValue.fromS(webhooks.key());
        store("SECRET##deployment", "WEBHOOK", Map.of("secret", key));
        store("SECRET##crm", "WEBHOOK", Map.of("secret", key, "url", AttributeValue.fromS(url(SiteOwner.CRM))));
    }

    private String url(String path) {
        return "http://" + engine.addressOfThisMachine() + ":" + webhooks.port() + path;
    }

    private void store(String whose, String kind, Map<String, AttributeValue> secret) {
        var item = new HashMap<>(secret);
        item.put("pk", AttributeValue.fromS(whose));
        item.put("sk", AttributeValue.fromS(kind));
        dynamoDb().putItem(request -> request.tableName(output("ConfigTable")).item(item));
    }

    public SnsClient sns() {
        return engine.clients().sns();
    }

    public SqsClient sqs() {
        return engine.clients().sqs();
    }

    /** Has an owner want that of all its watches, as {@code certtide policy set} does. */
    public void policy(SiteOwner owner, String policy) {
        new Policies(new Table(dynamoDb(), output("ConfigTable"))).put(new Owner(owner.id()), Policy.parse(policy));
    }

    public DynamoDbClient dynamoDb() {
        return engine.clients().dynamoDb();
    }

    public LambdaClient lambda() {
        return engine.clients().lambda();
    }

    /** An output of the stack, for example {@code NewUrlTopicArn}. */
    public String output(String key) {
        return Optional.ofNullable(engine.outputs().get(key))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no output " + key + " in " + engine.outputs().keySet()));
    }

    /** The stack's queues. */
    public Queues queues() {
        return queues;
    }

    /** What has ended in a dead-letter queue of the stack, for example that of {@code url-registry}. */
    public DeadLetterBox deadLetters(String queue) {
        return deadLetters.computeIfAbsent(queue, name -> new DeadLetterBox(sqs(), queues.url(name + "-dlq")));
    }

    /** The servers, good and bad, that all tests share. */
    public TlsFarm farm() {
        return farm;
    }

    /** A new host of its own with a certificate that has {@code left} of its 90 days; negative for an expired one. */
    public Site site(Duration left) {
        var name = "site-" + NEXT_NUMBER.getAndIncrement() + ".certtide.test";
        return serve(name, farm.issue(name, left));
    }

    /** A new host that shows this certificate. */
    public Site serve(String name, Identity identity) {
        var server = farm.serve(name, identity);
        engine.reach(server.port());
        writeHosts();
        return new Site(name, server, farm);
    }

    /** Gives a name an address, any address: nobody has to be there. */
    public void name(String name, String address) {
        addresses.put(name, address);
        writeHosts();
    }

    /** A new host with a good certificate. */
    public Site goodSite() {
        return site(Duration.ofDays(60));
    }

    /** A new host with a certificate that expired days ago. */
    public Site expiredSite() {
        return site(Duration.ofDays(-5));
    }

    /** A new owner, who reads mail and has a webhook. */
    public SiteOwner owner() {
        var id = "owner-" + NEXT_NUMBER.getAndIncrement();
        return new SiteOwner(id, url("/" + id), webhooks, mails);
    }

    /** Publishes a message to {@code new_url}, as it is. */
    public void publish(String message) {
        sns().publish(request -> request.topicArn(output("NewUrlTopicArn")).message(message));
    }

    /** Publishes a message to {@code ssl_result} with the attributes that the filter policies read. */
    public void publishResult(CheckResult result, boolean attention) {
        var event = CloudEvent.of(
                EventType.SSL_CHECKED,
                result.target().id() + "/" + result.checkedAt(),
                "tests",
                result.target().id(),
                result.checkedAt(),
                Optional.empty(),
                result);
        sns().publish(request -> request.topicArn(output("SslResultTopicArn"))
                .message(CloudEvent.writeBatch(CheckResult.class, List.of(event)))
                .messageAttributes(Map.of(
                        "status", text(result.status().word()),
                        "attention", text(attention ? "yes" : "no"),
                        "schema", text(EventType.SSL_CHECKED.typeName()))));
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** Runs what the rule runs every minute, as if it were that minute. */
    public void recheck(Instant minute) {
        engine.clients().recheck(minute);
    }

    /** Moves a target to another slot. */
    public void schedule(Target target, Slot slot) {
        dynamoDb().updateItem(request -> request.tableName(output("ConfigTable"))
                .key(Map.of("pk", AttributeValue.fromS("TARGET#" + target.id()), "sk", AttributeValue.fromS("TARGET")))
                .updateExpression("SET due = :slot")
                .expressionAttributeValues(Map.of(":slot", AttributeValue.fromS(slot.key()))));
    }

    /** Has the schedule believe that all was served up to that minute, and nothing since. */
    public void lastRoundWasAt(Instant minute) {
        dynamoDb().putItem(request -> request.tableName(output("DedupTable"))
                .item(Map.of(
                        "pk", AttributeValue.fromS("recheck#cursor"),
                        "sk", AttributeValue.fromS("CURSOR"),
                        "through", AttributeValue.fromS(minute.toString()),
                        "revision", AttributeValue.fromS(UUID.randomUUID().toString()))));
    }

    /** The latest result that is stored for a target. */
    public Optional<CheckResult> latest(Target target) {
        return item(target, "LATEST")
                .map(item -> Json.read(CheckResult.class, item.get("result").s()));
    }

    /** An item that {@code Results} has for a target. */
    public Optional<Map<String, AttributeValue>> item(Target target, String sk) {
        var answer = dynamoDb().getItem(request -> request.tableName(output("ResultsTable"))
                .key(Map.of("pk", AttributeValue.fromS("TARGET#" + target.id()), "sk", AttributeValue.fromS(sk)))
                .consistentRead(true));
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    /** All that a table holds under a key. */
    public List<Map<String, AttributeValue>> items(String tableOutput, String pk) {
        return dynamoDb()
                .queryPaginator(request -> request.tableName(output(tableOutput))
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)))
                        .consistentRead(true))
                .items()
                .stream()
                .toList();
    }

    private synchronized void writeHosts() {
        try {
            // Replaced as a whole: a function may be reading it.
            var lines = new StringBuilder(farm.hostsFile().replace("127.0.0.1", engine.addressOfThisMachine()));
            addresses.forEach((name, address) ->
                    lines.append(address).append(' ').append(name).append('\n'));
            var draft = Files.writeString(folder.resolve("hosts.draft"), lines);
            Files.move(
                    draft,
                    folder.resolve(Engine.HOSTS_FILE),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the hosts file cannot be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        engine.close();
        webhooks.close();
        mails.close();
        farm.close();
        for (var file : List.of(Engine.HOSTS_FILE, Engine.ROOTS_FILE)) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }
}

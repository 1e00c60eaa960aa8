package dev.certtide.infra;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * A Java 25 function on Graviton, with its own role and log group, called through its alias {@code live}.
 *
 * <p>It may do only what a method of this class grants; each grant also sets the environment variable that the function
 * finds the resource by. Everything calls the alias, never the function: only published versions start from a snapshot.
 */
final class JavaFunction extends Construct {
    private static final List<String> READING = List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");
    private static final List<String> WRITING =
            List.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem");

    private final String name;
    private final Duration timeout;
    private final Stage stage;
    private final Role role;
    private final Function function;
    private final Alias live;
    private int reserved;

    /**
     * @param name the physical name after the stage, and the name of its zip
     * @param handler class name
     * @param timeout at most 15 minutes
     * @param memory in MB; 1,769 MB are one vCPU
     */
    JavaFunction(CerttideStack stack, String id, String name, String handler, Duration timeout, int memory) {
        super(stack, id);
        this.name = name;
        this.timeout = timeout;
        this.stage = stack.stage();
        var physicalName = stage.physicalName(name);
        var logs = LogGroup.Builder.create(this, "Logs")
                .logGroupName("/aws/lambda/" + physicalName)
                .retention(stage.logRetention())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description("What " + physicalName + " may do")
                .build();
        logs.grantWrite(role);
        var builder = Function.Builder.create(this, "Function")
                .functionName(physicalName)
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(handler)
                .code(Code.fromAsset(stack.deployment().zipOf(name).toString()))
                .role(role)
                .timeout(CdkDuration.of(timeout))
                .memorySize(memory)
                .environment(Map.of("STAGE", stage.id()))
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON);
        function = (stage.snapStart() ? builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS) : builder).build();
        Acknowledged.finding(
                function,
                "Annotation::@aws-cdk/aws-lambda:snapStartRequirePublish",
                "A version is published with each change, and everything calls it through the alias");
        live = Alias.Builder.create(this, "Live")
                .aliasName("live")
                .version(function.getCurrentVersion())
                .build();
        alarms(stack);
    }

    String name() {
        return name;
    }

    Duration timeout() {
        return timeout;
    }

    Alias live() {
        return live;
    }

    /** Adds to the copies that may run at once: each queue that feeds the function brings its own share. */
    void reserve(int concurrency) {
        if (!stage.reservesConcurrency()) {
            return;
        }
        reserved += concurrency;
        ((CfnFunction) function.getNode().getDefaultChild()).setReservedConcurrentExecutions(reserved);
    }

    JavaFunction reads(ItemTable table) {
        return uses(table, READING);
    }

    /** Neither reads nor writes the secrets that a table holds besides, whatever else it may do with it. */
    JavaFunction withoutSecretsOf(ItemTable table) {
        return without(table, "SECRET#*", Stream.concat(READING.stream(), WRITING.stream()));
    }

    /** Never writes items of that partition key, whatever else it may write into the table. */
    JavaFunction neverWrites(ItemTable table, String partitionKey) {
        return without(table, partitionKey, WRITING.stream());
    }

    private JavaFunction without(ItemTable table, String partitionKeys, Stream<String> actions) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .effect(Effect.DENY)
                .actions(actions.toList())
                .resources(List.of(table.arn()))
                .conditions(Map.of("ForAnyValue:StringLike", Map.of("dynamodb:LeadingKeys", List.of(partitionKeys))))
                .build());
        return this;
    }

    /** Reads single items of a table that holds secrets besides: only those with this partition key. */
    JavaFunction readsOnly(ItemTable table, String partitionKey) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("dynamodb:GetItem"))
                .resources(List.of(table.arn()))
                .conditions(Map.of("ForAllValues:StringEquals", Map.of("dynamodb:LeadingKeys", List.of(partitionKey))))
                .build());
        return knows(table);
    }

    /** Reads items whose partition keys begin like one of these, and no others; it asks for them key by key. */
    JavaFunction readsOnlyBeginning(ItemTable table, String... prefixes) {
        var keys = Stream.of(prefixes).map(prefix -> prefix + "*").toList();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("dynamodb:GetItem", "dynamodb:BatchGetItem"))
                .resources(List.of(table.arn()))
                .conditions(Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", keys)))
                .build());
        return knows(table);
    }

    JavaFunction readsIndex(ItemTable table, String index) {
        allow(List.of("dynamodb:Query"), table.indexArn(index));
        return this;
    }

    /** Deletes items whose partition key begins like this, and no others. */
    JavaFunction deletes(ItemTable table, String prefix) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("dynamodb:DeleteItem"))
                .resources(List.of(table.arn()))
                .conditions(Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", List.of(prefix + "*"))))
                .build());
        return this;
    }

    /** Reads and writes item by item; a scan is not among it, since no function may need one. */
    JavaFunction writes(ItemTable table) {
        return uses(table, Stream.concat(READING.stream(), WRITING.stream()).toList());
    }

    JavaFunction publishes(EventTopic topic, String variable) {
        topic.topic().grantPublish(role);
        function.addEnvironment(variable, topic.arn());
        return this;
    }

    /**
     * Sends text messages. Telephone numbers have no ARNs: whatever is not a topic (Amazon SNS Developer Guide, "Using
     * identity-based policies with Amazon SNS").
     */
    JavaFunction sendsTextMessages() {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("sns:Publish"))
                .notResources(List.of("arn:aws:sns:*:*:*"))
                .build());
        return this;
    }

    /** Sends mail by SES, from this verified domain or address. */
    JavaFunction sendsMailFrom(String identity) {
        var stack = Stack.of(this);
        allow(
                List.of("ses:SendEmail"),
                "arn:" + stack.getPartition() + ":ses:" + stack.getRegion() + ":" + stack.getAccount() + ":identity/"
                        + identity);
        return this;
    }

    JavaFunction sendsTo(Queue queue, String variable) {
        allow(List.of("sqs:SendMessage"), queue.getQueueArn());
        function.addEnvironment(variable, queue.getQueueUrl());
        return this;
    }

    /** Settings of the deployment, by the variables that the function knows them by. */
    JavaFunction isTold(Map<String, String> settings) {
        settings.forEach(function::addEnvironment);
        return this;
    }

    /** Lets the function load libraries without the JVM's warning, which is to become a refusal (JEP 472). */
    JavaFunction loadsNativeLibraries() {
        function.addEnvironment("JAVA_TOOL_OPTIONS", "--enable-native-access=ALL-UNNAMED");
        return this;
    }

    /**
     * Lets the function work on many items at once without connecting anew for most of them: the JDK keeps five idle
     * connections to a host unless told otherwise ("Networking Properties").
     */
    JavaFunction worksSideBySide() {
        function.addEnvironment("JAVA_TOOL_OPTIONS", "-Dhttp.maxConnections=100");
        return this;
    }

    private JavaFunction uses(ItemTable table, List<String> actions) {
        allow(actions, table.arn());
        return knows(table);
    }

    private JavaFunction knows(ItemTable table) {
        function.addEnvironment(table.name().toUpperCase(Locale.ROOT) + "_TABLE", table.physicalName());
        return this;
    }

    private void allow(List<String> actions, String arn) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(actions)
                .resources(List.of(arn))
                .build());
    }

    private void alarms(CerttideStack stack) {
        var errors = stack.alarms()
                .onReaching(
                        1,
                        live.metricErrors(Alarms.sum()),
                        this,
                        "Errors",
                        name + "-errors",
                        name + " threw or ran out of time; its log group tells why");
        stack.alarms()
                .onReaching(
                        1,
                        function.metricThrottles(Alarms.sum()),
                        this,
                        "Throttles",
                        name + "-throttles",
                        name + " was called more often at once than its reserved concurrency allows");
        stack.canary().ifPresent(canary -> canary.guards(this, live, errors));
    }
}

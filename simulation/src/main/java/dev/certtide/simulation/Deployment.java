package dev.certtide.simulation;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.failures.SslFailuresHandler;
import dev.certtide.kit.AwsClients;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.engine.memory.Faults;
import dev.certtide.kit.engine.memory.Lateness;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import dev.certtide.kit.engine.memory.MemorySqs;
import dev.certtide.kit.engine.memory.Mischief;
import dev.certtide.notifier.LocalNotifier;
import dev.certtide.recheck.RecheckHandler;
import dev.certtide.registry.UrlRegistryHandler;
import dev.certtide.stats.SslStatsHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The functions, on tables and queues in memory that misbehave. */
final class Deployment {
    private static final String VISIBILITY_SECONDS = "90";
    /** The dead letters of the notifier, which has good reasons for some. */
    static final String UNDELIVERED = "undelivered";

    /** Enough for one to come between any two calls of another. */
    private static final int PROCESSES = 2;

    private static final List<String> QUEUES = List.of(
            "url-registry", "recheck", "ssl-stats", "ssl-failures", "notifications", "dead-letters", UNDELIVERED);

    private final InstantSource clock;
    private final MemoryDynamoDb tables;
    private final MemorySqs queues;
    private final Mischief mischief;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, List<Part>> parts = new LinkedHashMap<>();
    private final FunctionKit kit;

    /** How often what goes wrong. */
    record Trouble(Faults.Rates faults, Mischief.Rates mischief) {
        static final Trouble NONE = new Trouble(Faults.Rates.NONE, Mischief.Rates.NONE);
        static final Trouble USUAL = new Trouble(
                new Faults.Rates(0.004, 0.004, 0.004), new Mischief.Rates(0.02, 0.02, Duration.ofMinutes(5), 0.1));
    }

    /** A function's process, and the queue that it is fed from. */
    record Part(Faults faults, Supplier<RequestHandler<SQSEvent, SQSBatchResponse>> function) {}

    Deployment(long seed, Trouble trouble, InstantSource clock, Wire.Tap tap) {
        this.clock = clock;
        mischief = Mischief.seeded(seed, trouble.mischief());
        tables = new MemoryDynamoDb(clock);
        queues = new MemorySqs(clock, mischief);
        QUEUES.forEach(this::create);
        variables.putAll(Map.of("STAGE", "local", "AWS_REGION", "us-east-1"));
        for (var table : List.of("CONFIG", "RESULTS", "DEDUP")) {
            variables.put(table + "_TABLE", tables.newTable());
        }
        if (!trouble.equals(Trouble.NONE)) {
            tables.late(new Lateness.Time(Duration.ofSeconds(2)));
        }
        variables.put("SSL_FAILURES_QUEUE_URL", url("ssl-failures"));
        variables.put("RECHECK_QUEUE_URL", url("recheck"));
        variables.put("NOTIFICATIONS_QUEUE_URL", url("notifications"));
        variables.put("DEAD_LETTER_QUEUE_URL", url("dead-letters"));
        kit = AwsClients.lend(tables, queues, () -> FunctionKit.of(variables, clock));
        long each = seed;
        for (int process = 0; process < PROCESSES; process++) {
            add("url-registry", Faults.seeded(++each, trouble.faults()), tap, UrlRegistryHandler::new);
            add("ssl-stats", Faults.seeded(++each, trouble.faults()), tap, SslStatsHandler::new);
            add("ssl-failures", Faults.seeded(++each, trouble.faults()), tap, SslFailuresHandler::new);
        }
        notifiers = List.of(Faults.seeded(++each, trouble.faults()), Faults.seeded(++each, trouble.faults()));
        recheck = Faults.seeded(++each, trouble.faults());
    }

    private final Faults recheck;
    private final List<Faults> notifiers;

    private void create(String name) {
        queues.createQueue(request ->
                request.queueName(name).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, VISIBILITY_SECONDS)));
    }

    private void add(
            String queue,
            Faults faults,
            Wire.Tap tap,
            BiFunction<Map<String, String>, InstantSource, RequestHandler<SQSEvent, SQSBatchResponse>> function) {
        parts.computeIfAbsent(queue, _ -> new ArrayList<>())
                .add(new Part(faults, () -> lend(faults, tap, () -> function.apply(variables, clock))));
    }

    private <T> T lend(Faults faults, Wire.Tap tap, Supplier<T> made) {
        return AwsClients.lend(tables.through(faults), new Wire(queues, faults, url("notifications"), tap), made);
    }

    /** The functions that are fed from queues, by the queue's name, each in as many processes as run at once. */
    Map<String, List<Part>> parts() {
        return parts;
    }

    /** The function of every minute, in a new process that has these faults. */
    RecheckHandler recheck(Faults faults) {
        return lend(faults, bodies -> bodies, () -> new RecheckHandler(variables, clock));
    }

    Faults recheckFaults() {
        return recheck;
    }

    /** The notifier, likewise. */
    List<Part> notifier(Providers providers, Wire.Tap passedOn) {
        var own = new HashMap<>(variables);
        own.put("DEAD_LETTER_QUEUE_URL", url(UNDELIVERED));
        return notifiers.stream()
                .map(faults -> new Part(
                        faults, () -> lend(faults, passedOn, () -> new LocalNotifier(own, clock, providers::take))))
                .toList();
    }

    /** How often something went wrong with the notifier. */
    long notifierFaults() {
        return notifiers.stream()
                .flatMap(faults -> faults.counts().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** What nobody could be told. */
    List<String> undelivered() {
        var all = new ArrayList<String>();
        while (true) {
            var some = queues.receiveMessage(
                            request -> request.queueUrl(url(UNDELIVERED)).maxNumberOfMessages(10))
                    .messages();
            if (some.isEmpty()) {
                return all;
            }
            some.forEach(message -> all.add(message.body()));
        }
    }

    /** What is there, without anything going wrong: for those who look from outside. */
    FunctionKit kit() {
        return kit;
    }

    MemoryDynamoDb tables() {
        return tables;
    }

    String table(String variable) {
        return variables.get(variable);
    }

    MemorySqs queues() {
        return queues;
    }

    SqsClient sqs() {
        return queues;
    }

    String url(String queue) {
        return queues.getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }

    /** Sends what comes from outside: nothing goes wrong with that, but on the way. */
    void send(String queue, String body) {
        queues.sendMessage(request -> request.queueUrl(url(queue)).messageBody(body));
    }

    /** What went wrong so far, by kind. */
    Map<String, Long> troubles() {
        var all = new LinkedHashMap<String, Long>();
        var crashes = new EnumMap<Faults.Kind, Long>(Faults.Kind.class);
        Function<Faults, Map<Faults.Kind, Long>> counts = Faults::counts;
        parts.values().stream().flatMap(List::stream).forEach(part -> counts.apply(part.faults())
                .forEach((kind, n) -> crashes.merge(kind, n, Long::sum)));
        Stream.concat(Stream.of(recheck), notifiers.stream())
                .forEach(faults -> counts.apply(faults).forEach((kind, n) -> crashes.merge(kind, n, Long::sum)));
        crashes.forEach((kind, n) -> all.put(word(kind), n));
        mischief.counts().forEach((kind, n) -> all.merge(word(kind), n, Long::sum));
        return all;
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}

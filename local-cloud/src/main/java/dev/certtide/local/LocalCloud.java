package dev.certtide.local;

import dev.certtide.local.dynamodb.TableMeter;
import dev.certtide.local.dynamodb.Tables;
import dev.certtide.local.dynamodb.TimeToLive;
import dev.certtide.local.events.Rules;
import dev.certtide.local.gateway.Gateway;
import dev.certtide.local.gateway.QueueMeter;
import dev.certtide.local.lambda.Functions;
import dev.certtide.local.lambda.Mappings;
import dev.certtide.local.meter.Meter;
import dev.certtide.local.meter.Usage;
import dev.certtide.local.sns.SnsApi;
import dev.certtide.local.sns.Topics;
import dev.certtide.local.sqs.Queues;
import dev.certtide.local.template.Blueprint;
import dev.certtide.local.template.CloudAssembly;
import dev.certtide.local.template.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * AWS on one machine, for one synthesized stack: its topics, queues, tables, functions, event source mappings and schedule
 * rules, exactly as its template has them, behind one endpoint on loopback. What the template has and this cloud does not
 * know is an error at start, never ignored.
 *
 * <pre>{@code
 * try (var cloud = LocalCloud.of(Path.of("cdk.out")).port(4566).data(Path.of(".certtide")).start()) {
 *     // AWS_ENDPOINT_URL=http://127.0.0.1:4566 is all that a client needs.
 * }
 * }</pre>
 */
public final class LocalCloud implements AutoCloseable {
    private final Place place;
    private final Blueprint blueprint;
    private final Closing closing;
    private final Tables tables;
    private final Functions functions;
    private final Rules rules;
    private final TimeToLive timeToLive;
    private final Meter meter = new Meter();
    private final boolean metered;

    private LocalCloud(Builder builder, Closing closing) {
        this.closing = closing;
        this.metered = builder.metered;
        // The child process starts while this one reads its template.
        var tablesStarting = CompletableFuture.supplyAsync(() -> new Tables(builder.data));
        closing.last(() -> tablesStarting
                .thenAccept(Tables::close)
                .exceptionally(_ -> null)
                .join());
        var assembly = CloudAssembly.read(builder.assembly);
        var gateway = closing.last(new Gateway(builder.port));
        // "localhost", as in the queue URLs of ElasticMQ and others; the server is on 127.0.0.1 only.
        place = assembly.place(URI.create("http://localhost:" + gateway.port()));
        blueprint = assembly.blueprint(place.endpoint());
        var tablesReady = tablesStarting.thenApplyAsync(started -> {
            started.apply(blueprint.tables());
            return started;
        });
        var queues = closing.last(new Queues(place, builder.data));
        queues.apply(blueprint.queues());
        tables = tablesReady.join();
        timeToLive = new TimeToLive(tables, builder.clock);
        timeToLive.apply(blueprint.tables());
        var topics = new Topics(place, queues, builder.data, builder.clock, meter);
        topics.apply(blueprint.topics(), blueprint.subscriptions());
        var environment = new HashMap<>(
                metered
                        ? Functions.clientEnvironment(place.region(), endpoint(), endpoint(), endpoint())
                        : Functions.clientEnvironment(
                                place.region(), endpoint(), queues.endpoint(), tables.endpoint()));
        environment.putAll(builder.environment);
        functions = closing.last(new Functions(
                blueprint.functions(),
                new Functions.Setting(
                        assembly.assets(),
                        builder.data.map(folder -> folder.resolve("libraries")),
                        environment,
                        builder.clock,
                        builder.functionLog,
                        meter)));
        rules = new Rules(blueprint.rules(), place, functions, queues, builder.clock);
        gateway.open(new Gateway.Services(
                place,
                new SnsApi(topics),
                queues.endpoint(),
                tables.endpoint(),
                timeToLive,
                functions,
                blueprint.parameters(),
                metered
                        ? Optional.of(new Gateway.Metering(new QueueMeter(meter), new TableMeter(tables, meter)))
                        : Optional.empty()));
        functions.preload(failure -> builder.functionLog.accept(failure.getMessage()));
        closing.last(new Mappings(blueprint.mappings(), place, queues, functions, meter));
        if (builder.clock.equals(InstantSource.system())) closing.last(everySecond());
    }

    private AutoCloseable everySecond() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("local-cloud-rules").factory());
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        runLatestDueRules();
                    } catch (RuntimeException e) {
                        // The next second is another chance; an exception would end the timer.
                        System.getLogger(LocalCloud.class.getName()).log(System.Logger.Level.WARNING, "schedule", e);
                    }
                },
                1,
                1,
                TimeUnit.SECONDS);
        return timer::shutdownNow;
    }

    /** The assembly to run: the folder that {@code cdk synth} wrote. It must have exactly one stack. */
    public static Builder of(Path assembly) {
        return new Builder(assembly);
    }

    /** Where all services listen: {@code http://127.0.0.1:PORT}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + place.endpoint().getPort());
    }

    /** The stack's outputs by their key. */
    public Map<String, String> outputs() {
        return Map.copyOf(blueprint.outputs());
    }

    public String region() {
        return place.region();
    }

    public String accountId() {
        return place.accountId();
    }

    /**
     * Fires the schedule rules that became due since the last call, or since the start, by the cloud's clock; each as
     * often as it was due, in order. Also deletes expired items of tables with a time to live. Returns when the rules'
     * functions have finished. With the system clock this happens every second by itself.
     *
     * @return how many times a rule was fired
     */
    public int runDueRules() {
        int fired = rules.runDue();
        timeToLive.sweepWhenDue();
        return fired;
    }

    /** The same, but a rule that was due several times fires once, as after a sleep: for a clock that leaps. */
    public int runLatestDueRules() {
        int fired = rules.runLatestDue();
        timeToLive.sweepWhenDue();
        return fired;
    }

    /**
     * Invokes a function and waits for its answer.
     *
     * @param functionName physical name
     * @param event JSON
     * @return JSON, {@code null} for a function without a result
     * @throws dev.certtide.local.lambda.FunctionException if the function throws or exceeds its timeout
     * @throws IllegalArgumentException if there is no such function
     */
    public byte[] invoke(String functionName, byte[] event) {
        return functions.invoke(functionName, event);
    }

    /**
     * What AWS would bill for what was done here since the start.
     *
     * @throws IllegalStateException if this cloud is not {@link Builder#metered}
     */
    public Usage usage() {
        if (!metered) {
            throw new IllegalStateException("nothing was counted; start the cloud with metered(true)");
        }
        return meter.usage();
    }

    /** The process of the DynamoDB engine, which ends with this cloud. */
    ProcessHandle tableProcess() {
        return tables.process();
    }

    /** Stops everything: nothing keeps running. Calling it again does nothing. */
    @Override
    public void close() {
        closing.close();
    }

    /** How to run an assembly. */
    public static final class Builder {
        private final Path assembly;
        private int port = 4566;
        private Optional<Path> data = Optional.empty();
        private InstantSource clock = InstantSource.system();
        private Map<String, String> environment = Map.of();
        private Consumer<String> functionLog = _ -> {};
        private boolean metered;

        private Builder(Path assembly) {
            this.assembly = Objects.requireNonNull(assembly);
        }

        /** Port of the endpoint, 0 for any that is free; 4566 unless set. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Folder in which everything is kept, also across a kill -9; in memory unless set. */
        public Builder data(Path folder) {
            data = Optional.of(folder);
            return this;
        }

        /**
         * Clock of rules, notifications, expiring items, and functions that take one. Queues run on real time. With a
         * clock other than {@link InstantSource#system} rules fire only in {@link LocalCloud#runDueRules}.
         */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock);
            return this;
        }

        /** Variables for every function, over those of the template. */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /**
         * Whether to count what AWS would bill, see {@link LocalCloud#usage}. All requests go through the endpoint then,
         * and items are read before and after each write: nothing to measure speed with. What cannot be counted
         * (transactions, PartiQL, requests to SQS in the query protocol) is refused.
         */
        public Builder metered(boolean metered) {
            this.metered = metered;
            return this;
        }

        /** Takes each line that a function logs: JSON as it is, other text led by the function's name. Several threads call it. */
        public Builder functionLog(Consumer<String> log) {
            functionLog = Objects.requireNonNull(log);
            return this;
        }

        /**
         * Starts everything, and returns when the endpoint answers.
         *
         * @throws dev.certtide.local.template.TemplateException if the template has what this cloud does not know
         * @throws UncheckedIOException if the port is taken or a file cannot be read
         * @throws IllegalStateException if Node or dynalite is missing
         */
        public LocalCloud start() {
            data.ifPresent(Builder::create);
            var closing = new Closing();
            try {
                return new LocalCloud(this, closing);
            } catch (RuntimeException e) {
                closing.close();
                throw e instanceof java.util.concurrent.CompletionException
                                && e.getCause() instanceof RuntimeException cause
                        ? cause
                        : e;
            }
        }

        private static void create(Path folder) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot create " + folder, e);
            }
        }
    }
}

package dev.certtide.kit;

import com.amazonaws.services.lambda.runtime.Context;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a function has at hand: its variables, its clock, its clients, its tables.
 *
 * @param environment the variables that the stack gives
 * @param clock tells the time; on Lambda the system's
 * @param aws the clients
 * @param visibility lets messages come back at a time of their own
 */
public record FunctionKit(Environment environment, InstantSource clock, AwsClients aws, Visibility visibility) {
    private static final String ALLOWED_NETWORKS = "CERTTIDE_ALLOWED_NETWORKS";

    /** The kit of a function with these variables. */
    public static FunctionKit of(Map<String, String> variables, InstantSource clock) {
        var environment = new Environment(variables);
        var aws = new AwsClients(environment);
        return new FunctionKit(environment, clock, aws, new Visibility(aws::sqs));
    }

    /** The table that this variable names, for example {@code CONFIG_TABLE}. */
    public Table table(String variable) {
        return new Table(aws.dynamoDb(), environment.required(variable));
    }

    /** The queue that this variable names. */
    public Queue queue(String variable) {
        return new Queue(aws.sqs(), environment.required(variable));
    }

    /** The topic that this variable names. */
    public Topic topic(String variable) {
        return new Topic(aws.sns(), environment.required(variable));
    }

    /** The claims in the table {@code Dedup}. */
    public Claims claims() {
        return new Claims(table("DEDUP_TABLE"), clock);
    }

    /** The log of one invocation. */
    public Log log(Context context) {
        return Log.of(environment, clock, context);
    }

    /** The dead letters of one of the function's queues, by the variable that names the dead-letter queue. */
    public DeadLetters deadLetters(String variable, Context context) {
        return new DeadLetters(queue(variable), context.getFunctionName());
    }

    /** The batch loop of a function with one queue. */
    public SqsBatch batch(Context context) {
        return new SqsBatch(log(context), deadLetters("DEAD_LETTER_QUEUE_URL", context), visibility);
    }

    /** The batch loop of a subscriber of {@code new_url}. */
    public UrlEventBatch urlEvents(Context context) {
        return new UrlEventBatch(batch(context), clock);
    }

    /** What reads the messages of {@code ssl_result}, for a subscriber with that batch loop. */
    public ResultEvents resultEvents(SqsBatch batch) {
        return new ResultEvents(batch, clock);
    }

    /** The table {@code Config}. */
    public Config config() {
        return new Config(table("CONFIG_TABLE"), clock);
    }

    /** The owners' policies in the table {@code Config}. */
    public Policies policies() {
        return new Policies(table("CONFIG_TABLE"));
    }

    /** What the schedule knows of these policies. */
    public TargetMargins targetMargins() {
        return new TargetMargins(config(), policies());
    }

    /** The timers in the table {@code Config}. */
    public Timers timers() {
        return new Timers(table("CONFIG_TABLE"), clock);
    }

    /** The private roots in the table {@code Config}. */
    public KeptRoots keptRoots() {
        return new KeptRoots(table("CONFIG_TABLE"));
    }

    /** The list of public roots in the table {@code Config}, if there is one. */
    public PublicRoots publicRoots() {
        return new PublicRoots(table("CONFIG_TABLE"));
    }

    /** The watches in the table {@code Config}. */
    public Watches watches() {
        return new Watches(table("CONFIG_TABLE"), clock);
    }

    /** The table {@code Results}. */
    public Results results() {
        return new Results(table("RESULTS_TABLE"));
    }

    /** How the targets stand, in the table {@code Results}. */
    public Standings standings() {
        return new Standings(table("RESULTS_TABLE"));
    }

    /** The incidents in the table {@code Results}. */
    public Incidents incidents() {
        return new Incidents(table("RESULTS_TABLE"));
    }

    /** The runs of checks in the table {@code Results}. */
    public Runs runs() {
        return new Runs(table("RESULTS_TABLE"));
    }

    /**
     * What may be visited for strangers: public addresses and the usual TLS ports, and what
     * {@code CERTTIDE_ALLOWED_NETWORKS} and {@code CERTTIDE_ALLOWED_PORTS} add on one's own machine.
     *
     * @throws IllegalArgumentException when a variable is no list of networks or ports
     */
    public AddressGuard addressGuard() {
        var guard = AddressGuard.strict()
                .allowingNetworks(environment.optional(ALLOWED_NETWORKS).orElse(""));
        return environment
                .optional("CERTTIDE_ALLOWED_PORTS")
                .map(Ports::parse)
                .map(guard::allowingPorts)
                .orElse(guard);
    }

    /** Whether networks that are not public may be visited: then this is somebody's own machine. */
    public boolean allowsPrivateNetworks() {
        return environment.optional(ALLOWED_NETWORKS).isPresent();
    }
}

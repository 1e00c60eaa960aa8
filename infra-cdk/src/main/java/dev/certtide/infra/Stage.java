package dev.certtide.infra;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;

/** Where the stack runs, and everything that differs because of it. */
enum Stage {
    /** One machine without an AWS account; the emulator has no snapshots and no deployments to watch. */
    LOCAL,
    /** An AWS account to try things in; goes away with its stack. */
    DEV,
    /** An AWS account whose data outlives every mistake with the stack. */
    PROD;

    /** AWS accepts no smaller maximum concurrency on an SQS event source mapping. */
    private static final int LEAST_CONCURRENCY = 2;

    /**
     * The stage that the CDK context names.
     *
     * @param context the value of the context key {@code stage}; null if there is none
     * @throws InvalidContextException if it is not the exact name of a stage
     */
    static Stage named(Object context) {
        return Arrays.stream(values())
                .filter(stage -> stage.id().equals(context))
                .findFirst()
                .orElseThrow(() -> new InvalidContextException("context 'stage' is "
                        + (context == null ? "missing" : "'" + context + "'") + "; use one of "
                        + Arrays.stream(values()).map(Stage::id).collect(Collectors.joining(", "))
                        + ", for example: npx cdk synth -c stage=dev"));
    }

    /** {@code local}, {@code dev} or {@code prod}. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of a resource in AWS: {@code certtide-<stage>-<name>}. */
    String physicalName(String name) {
        return "certtide-" + id() + "-" + name;
    }

    /** The path of an SSM parameter: {@code /certtide/<stage>/<name>}. */
    String parameterName(String name) {
        return "/certtide/" + id() + "/" + name;
    }

    /** Whether deleting the stack deletes the tables. */
    RemovalPolicy tableRemoval() {
        return this == PROD ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    }

    /** Whether tables and stack refuse to be deleted. */
    boolean deletionProtected() {
        return this == PROD;
    }

    boolean snapStart() {
        return this != LOCAL;
    }

    /** Whether a new version of a function first gets a tenth of the traffic, and is rolled back if it errs. */
    boolean canary() {
        return this == PROD;
    }

    RetentionDays logRetention() {
        return switch (this) {
            case LOCAL -> RetentionDays.ONE_DAY;
            case DEV -> RetentionDays.ONE_WEEK;
            case PROD -> RetentionDays.THREE_MONTHS;
        };
    }

    /**
     * Whether functions reserve their concurrency. Not in {@link #DEV}: a new AWS account has ten in all and refuses to
     * reserve any of them, and the mappings' own maximum is cap enough to try things.
     */
    boolean reservesConcurrency() {
        return this != DEV;
    }

    /**
     * How many copies of a function may run at once, the cap on what a flood of events can cost.
     *
     * @param production the number in production, at least 2
     */
    int concurrency(int production) {
        return this == DEV ? Math.max(LEAST_CONCURRENCY, production / 5) : production;
    }
}

package dev.certtide.kit;

import com.amazonaws.services.lambda.runtime.Context;
import dev.certtide.model.json.Json;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Structured logs: one JSON object per line, with what is being worked on ({@link #about}) in each of them; and metrics
 * in CloudWatch's embedded metric format, which are log lines too.
 */
public final class Log {
    private static final ScopedValue<Subject> SUBJECT = ScopedValue.newInstance();

    private final String function;
    private final String stage;
    private final InstantSource clock;
    private final Consumer<String> sink;

    private Log(String function, String stage, InstantSource clock, Consumer<String> sink) {
        this.function = function;
        this.stage = stage;
        this.clock = clock;
        this.sink = sink;
    }

    /**
     * The log of one invocation.
     *
     * <p>On Lambda, standard output passes JSON lines on as they are, while the context's logger would wrap each into
     * a second JSON object. Elsewhere the context's logger is the one that knows where lines go.
     */
    public static Log of(Environment environment, InstantSource clock, Context context) {
        var onLambda = environment.optional("AWS_EXECUTION_ENV").isPresent();
        var logger = context.getLogger();
        return new Log(
                context.getFunctionName(),
                environment.optional("STAGE").orElse(""),
                clock,
                onLambda ? System.out::println : line -> logger.log(line + "\n"));
    }

    /**
     * What is being worked on.
     *
     * @param eventId the id of the event, or of the message that holds it
     * @param traceId the trace it belongs to, if any
     */
    public record Subject(String eventId, Optional<String> traceId) {}

    /** Runs {@code work}; all that is logged meanwhile on this thread names {@code subject}. */
    public static void about(Subject subject, Runnable work) {
        ScopedValue.where(SUBJECT, subject).run(work);
    }

    public void info(String message, Map<String, ?> fields) {
        write("INFO", message, fields);
    }

    public void warn(String message, Map<String, ?> fields) {
        write("WARN", message, fields);
    }

    /** A failure, with the stack trace of its cause. */
    public void error(String message, Throwable cause) {
        write("ERROR", message, Map.of("error", cause.toString(), "stack", stack(cause)));
    }

    /** Counts something, as a CloudWatch metric of this function and stage. */
    public void count(String metric, long count) {
        var line = new LinkedHashMap<String, Object>();
        line.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        clock.millis(),
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace", "Certtide",
                                "Dimensions", List.of(List.of("Stage", "Function")),
                                "Metrics", List.of(Map.of("Name", metric, "Unit", "Count"))))));
        line.put("Stage", stage);
        line.put("Function", function);
        line.put(metric, count);
        sink.accept(Json.write(line));
    }

    private void write(String level, String message, Map<String, ?> fields) {
        var line = new LinkedHashMap<String, Object>();
        line.put("timestamp", clock.instant().toString());
        line.put("level", level);
        line.put("function", function);
        line.put("message", message);
        if (SUBJECT.isBound()) {
            line.put("eventId", SUBJECT.get().eventId());
            SUBJECT.get().traceId().ifPresent(trace -> line.put("traceId", trace));
        }
        line.putAll(fields);
        sink.accept(Json.write(line));
    }

    private static String stack(Throwable cause) {
        var trace = new java.io.StringWriter();
        cause.printStackTrace(new java.io.PrintWriter(trace));
        return trace.toString();
    }
}

package dev.certtide.kit.engine;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** One invocation as Lambda makes it: so much time is left, and what is logged is kept. */
public final class Invocation implements Context {
    private final String function;
    private final long deadline;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** An invocation of that function which ends after {@code time}. */
    public Invocation(String function, Duration time) {
        this.function = function;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    /** Messages with the ids {@code m-0}, {@code m-1} and so on. */
    public static SQSEvent messages(String... bodies) {
        var event = new SQSEvent();
        event.setRecords(new ArrayList<>(IntStream.range(0, bodies.length)
                .mapToObj(i -> message("m-" + i, bodies[i]))
                .toList()));
        return event;
    }

    private static SQSMessage message(String id, String body) {
        var message = new SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        message.setAttributes(Map.of("AWSTraceHeader", "Root=1-" + id));
        return message;
    }

    /** What was logged, line by line. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    }

    @Override
    public String getFunctionName() {
        return function;
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String text) {
                lines.add(text);
            }

            @Override
            public void log(byte[] text) {
                log(new String(text, java.nio.charset.StandardCharsets.UTF_8));
            }
        };
    }

    @Override
    public String getAwsRequestId() {
        return "request-1";
    }

    @Override
    public String getLogGroupName() {
        return "";
    }

    @Override
    public String getLogStreamName() {
        return "";
    }

    @Override
    public String getFunctionVersion() {
        return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:us-east-1:000000000000:function:" + function;
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }
}

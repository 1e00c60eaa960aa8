package dev.certtide.checker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.SqsBatch;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.UrlEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks certificates: {@code new_url} and what is due → {@code ssl_result}. */
public final class SslCheckerHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private static final String RECHECK_DEAD_LETTERS = "RECHECK_DEAD_LETTER_QUEUE_URL";

    /** To publish what was found and to send back what was not; {@link SqsBatch} answers shortly before the end. */
    private static final Duration PUBLISHING = Duration.ofSeconds(3);

    private final FunctionKit kit;
    private final TrustedRoots roots;
    private final FetchCounts fetches;
    private final Checks checks;
    private final ResultTopic resultTopic;
    private final Rechecks rechecks;
    private final CheckRequests requests;

    /** On Lambda. */
    public SslCheckerHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public SslCheckerHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        roots = new TrustedRoots(kit.environment());
        var evidence = CheckerSettings.evidence(kit);
        fetches = new FetchCounts(evidence);
        var politeness = CheckerSettings.politeness(kit.environment());
        checks = new Checks(CheckerSettings.checker(kit, roots, evidence, politeness), politeness, clock);
        resultTopic = new ResultTopic(kit.topic("SSL_RESULT_TOPIC_ARN"));
        rechecks = new Rechecks(checks, resultTopic, kit.queue("RECHECK_QUEUE_URL"));
        requests = new CheckRequests(kit.claims());
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        roots.tell(kit.log(context), kit.clock().instant());
        try {
            return check(event, context);
        } finally {
            fetches.tell(kit.log(context));
        }
    }

    private SQSBatchResponse check(SQSEvent event, Context context) {
        long end = System.nanoTime()
                + Duration.ofMillis(context.getRemainingTimeInMillis())
                        .minus(PUBLISHING)
                        .toNanos();
        if (!isRecheck(event)) {
            return kit.urlEvents(context).process(event, context, events -> checkNew(events, end));
        }
        var batch = new SqsBatch(kit.log(context), kit.deadLetters(RECHECK_DEAD_LETTERS, context), kit.visibility());
        return batch.process(event, context, message -> rechecks.check(message.getBody(), end));
    }

    private void checkNew(List<UrlEvent> events, long end) {
        requests.withoutRepetitions(events, targets -> {
            // Backends send again what they sent before. Without what is known, such a check would find less than those
            // of the schedule do, and call a trouble over that lasts.
            var known = kit.config().scheduled(targets).stream()
                    .filter(due -> due.known().isPresent())
                    .collect(Collectors.toMap(RecheckDue.Due::target, RecheckDue.Due::known));
            // Nothing is known of incidents for certain: the failures must look at whatever comes out.
            var round = checks.of(
                    targets.stream()
                            .map(target -> new RecheckDue.Due(
                                    target, true, known.getOrDefault(target, Optional.empty()), Optional.empty()))
                            .toList(),
                    end);
            resultTopic.publish(round.checked(), Optional.empty());
            round.requireAll();
        });
    }

    /** One event source mapping reads one queue; the stack names a queue's dead letters after it. */
    private boolean isRecheck(SQSEvent event) {
        return event.getRecords() != null
                && event.getRecords().stream()
                        .findFirst()
                        .map(SQSMessage::getEventSourceArn)
                        .map(arn -> "/" + arn.substring(arn.lastIndexOf(':') + 1) + "-dlq")
                        .filter(kit.environment().required(RECHECK_DEAD_LETTERS)::endsWith)
                        .isPresent();
    }
}

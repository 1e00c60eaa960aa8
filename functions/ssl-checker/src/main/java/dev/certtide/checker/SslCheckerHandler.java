package dev.certtide.checker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.SqsBatch;
import dev.certtide.model.event.UrlEvent;
import dev.certtide.probe.visit.HandshakeLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Checks certificates: {@code new_url} and what is due → {@code ssl_result}. */
public final class SslCheckerHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    static {
        // JSSE reads its limits when it is first used, and the clients of AWS use it.
        HandshakeLimits.raise();
    }

    private static final String DEAD_LETTERS = "DEAD_LETTER_QUEUE_URL";
    private static final String RECHECK_DEAD_LETTERS = "RECHECK_DEAD_LETTER_QUEUE_URL";

    /** To publish what was found and to send back what was not; {@link SqsBatch} answers shortly before the end. */
    private static final Duration PUBLISHING = Duration.ofSeconds(3);

    private final FunctionKit kit;
    private final TrustedRoots roots;
    private final FetchCounts fetches;
    private final Checks checks;
    private final Rechecks rechecks;
    private final Requested requested;
    private final Rechecks handedOn;
    private final CheckRequests requests;

    /** On Lambda. */
    public SslCheckerHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public SslCheckerHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        roots = new TrustedRoots(kit.environment(), new StoredRoots(kit.publicRoots()));
        var evidence = CheckerSettings.evidence(kit);
        fetches = new FetchCounts(evidence);
        var politeness = CheckerSettings.politeness(kit.environment());
        checks = new Checks(CheckerSettings.checker(kit, roots, evidence, politeness), politeness, clock);
        var resultTopic = new ResultTopic(kit.topic("SSL_RESULT_TOPIC_ARN"));
        var newUrls = kit.queue("NEW_URL_QUEUE_URL");
        var watchRoots = new WatchRoots(kit.keptRoots());
        rechecks = new Rechecks(checks, watchRoots, resultTopic, kit.queue("RECHECK_QUEUE_URL"));
        requested = new Requested(checks, watchRoots, kit.config(), resultTopic, newUrls, clock);
        handedOn = new Rechecks(checks, watchRoots, resultTopic, newUrls);
        requests = new CheckRequests(kit.claims(), clock);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        roots.look(kit.log(context), kit.clock().instant());
        try {
            return check(event, context);
        } finally {
            fetches.tell(kit.log(context));
            checks.tell(kit.log(context));
        }
    }

    private SQSBatchResponse check(SQSEvent event, Context context) {
        long end = System.nanoTime()
                + Duration.ofMillis(context.getRemainingTimeInMillis())
                        .minus(PUBLISHING)
                        .toNanos();
        if (isRecheck(event)) {
            return due(event, context, RECHECK_DEAD_LETTERS, message -> rechecks.check(message.getBody(), end));
        }
        // First what has waited before: it would come back too often if there were never any time left for it.
        var failures = new ArrayList<BatchItemFailure>();
        part(event, Requested::isHandedOn)
                .map(some -> due(some, context, DEAD_LETTERS, message -> handedOn.check(message.getBody(), end)))
                .ifPresent(response -> failures.addAll(response.getBatchItemFailures()));
        part(event, Predicate.not(Requested::isHandedOn))
                .map(some -> kit.urlEvents(context)
                        .process(
                                some,
                                context,
                                events -> requests.withoutRepetitions(
                                        events,
                                        targets -> requested.check(targets, UrlEvent.privateRoots(events), end))))
                .ifPresent(response -> failures.addAll(response.getBatchItemFailures()));
        return new SQSBatchResponse(failures);
    }

    private SQSBatchResponse due(SQSEvent event, Context context, String deadLetters, SqsBatch.Work work) {
        return new SqsBatch(kit.log(context), kit.deadLetters(deadLetters, context), kit.visibility())
                .process(event, context, work);
    }

    /** The messages of that kind, if there are any. */
    private static Optional<SQSEvent> part(SQSEvent event, Predicate<String> kind) {
        var records = Optional.ofNullable(event.getRecords()).stream()
                .flatMap(List::stream)
                .filter(message -> kind.test(message.getBody()))
                .toList();
        var part = new SQSEvent();
        part.setRecords(records);
        return Optional.of(part).filter(_ -> !records.isEmpty());
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

package dev.certtide.simulation;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.memory.CrashError;
import dev.certtide.kit.engine.memory.Faults;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The function of every minute. It is run in minutes in which a timer goes off, or in which there is something to make up
 * for; the others, in which it would find nothing, count as served. The targets' turns are the {@link Checker}'s.
 */
final class Minutes {
    private static final Duration TIME = Duration.ofMinutes(5);

    private final Agenda agenda;
    private final Deployment deployment;
    private Instant ranFor = Instant.EPOCH;
    private boolean hasFailed;
    private boolean isBehind;
    private Optional<List<Instant>> known = Optional.empty();

    Minutes(Agenda agenda, Deployment deployment) {
        // Its threads crash, too, and the virtual machine would tell of each. What this throws nobody would see.
        Thread.setDefaultUncaughtExceptionHandler((_, error) -> {
            if (!(error instanceof CrashError)) {
                error.printStackTrace();
            }
        });
        this.agenda = agenda;
        this.deployment = deployment;
    }

    /** Timers may have been set, or cancelled. */
    void lookAgain() {
        known = Optional.empty();
    }

    /** The next minute in which it has something to do. */
    Optional<Instant> next() {
        var soonest = ranFor.plus(1, ChronoUnit.MINUTES);
        return isBehind
                ? Optional.of(soonest)
                : timers().filter(minute -> !minute.isBefore(soonest)).min(Instant::compareTo);
    }

    /** Timers that were due in a minute which has been served: they will never go off. */
    List<Instant> lost() {
        return timers().filter(minute -> !isBehind && !minute.isAfter(ranFor)).toList();
    }

    /** The minutes in which timers go off. */
    private Stream<Instant> timers() {
        var timers = known.orElseGet(this::read);
        known = Optional.of(timers);
        return timers.stream();
    }

    private List<Instant> read() {
        return deployment.tables().scan(request -> request.tableName(deployment.table("CONFIG_TABLE"))).items().stream()
                .map(item -> item.get("due"))
                .filter(due -> due != null && due.s().startsWith("timer#"))
                .map(due -> Instant.parse(
                        due.s().substring("timer#".length(), due.s().length() - 2)))
                .toList();
    }

    private Optional<Map<String, AttributeValue>> cursor() {
        var item = deployment
                .tables()
                .getItem(request ->
                        request.tableName(deployment.table("DEDUP_TABLE")).key(Keys.of("recheck#cursor", "CURSOR")))
                .item();
        return Optional.of(item).filter(there -> !there.isEmpty());
    }

    /** Runs it for the minute that is. */
    void run() {
        var minute = agenda.instant().truncatedTo(ChronoUnit.MINUTES);
        if (!hasFailed) {
            // The clock may have passed the minute that it is for.
            skipTo(next().filter(minute::isAfter).orElse(minute).minus(1, ChronoUnit.MINUTES));
        }
        ranFor = minute;
        deployment.recheckFaults().revive();
        hasFailed = true;
        try {
            run(minute, deployment.recheckFaults());
            hasFailed = deployment.recheckFaults().hasCrashed();
        } catch (CrashError | RuntimeException failed) {
            // The next minute makes up for it: the cursor says so, or has stopped before this one.
        }
        lookAgain();
        isBehind = hasFailed
                || cursor().filter(there -> there.containsKey("missed")).isPresent();
    }

    /** The first minute of the deployment, in which nothing goes wrong: there is nothing to make up for. */
    void begin() {
        ranFor = agenda.instant().truncatedTo(ChronoUnit.MINUTES);
        run(ranFor, Faults.none());
    }

    private void run(Instant minute, Faults faults) {
        var event = new ScheduledEvent();
        event.setTime(new DateTime(minute.toEpochMilli(), DateTimeZone.UTC));
        deployment.recheck(faults).handleRequest(event, new Invocation("recheck", TIME));
    }

    private void skipTo(Instant minute) {
        cursor().filter(there -> Instant.parse(there.get("through").s()).isBefore(minute))
                .filter(there -> !there.containsKey("missed"))
                .ifPresent(_ -> deployment.tables().updateItem(request -> request.tableName(
                                deployment.table("DEDUP_TABLE"))
                        .key(Keys.of("recheck#cursor", "CURSOR"))
                        .updateExpression("SET #t = :t")
                        .expressionAttributeNames(Map.of("#t", "through"))
                        .expressionAttributeValues(Map.of(":t", AttributeValue.fromS(minute.toString())))));
    }
}

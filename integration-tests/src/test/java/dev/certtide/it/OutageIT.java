package dev.certtide.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.TlsFarm;
import dev.certtide.farm.TlsServer;
import dev.certtide.it.engine.Clients;
import dev.certtide.it.engine.Engine;
import dev.certtide.it.stack.Queues;
import dev.certtide.local.LocalCloud;
import dev.certtide.model.Target;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The whole stack after it has been away, on a clock that is turned by hand. */
class OutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MINUTES_AWAY = 120;
    private static final int TARGETS = 240;

    private final TlsFarm farm = TlsFarm.start();
    private final Instant last = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private final AtomicReference<Instant> now = new AtomicReference<>(last);
    private TlsServer server;
    private List<Target> targets;
    private LocalCloud cloud;
    private Clients clients;
    private Queues queues;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        server = farm.serve("outage.test", farm.issue("*.outage.test", Duration.ofDays(60)));
        var missed = IntStream.rangeClosed(1, MINUTES_AWAY)
                .mapToObj(minute -> last.plus(minute, ChronoUnit.MINUTES))
                .flatMap(minute -> Slot.dueAt(minute, Cadence.DAILY).stream())
                .collect(Collectors.toSet());
        targets = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Target.parse("n%d.outage.test:%d".formatted(i, server.port())))
                .filter(target -> missed.contains(Slot.of(target, Cadence.DAILY)))
                .limit(TARGETS)
                .toList();
        Files.writeString(
                folder.resolve(Engine.HOSTS_FILE),
                targets.stream()
                        .map(target -> "127.0.0.1 " + target.host() + "\n")
                        .collect(Collectors.joining()));
        farm.writeRootPem(folder.resolve(Engine.ROOTS_FILE));
        var variables = new HashMap<>(Engine.variables(folder.toString(), "127.0.0.0/8"));
        // A machine that does much else may need long for a hundred handshakes.
        variables.put("CERTTIDE_CHECK_TIMEOUT", "20");
        cloud = LocalCloud.of(Engine.assembly())
                .port(0)
                .clock(now::get)
                .environment(variables)
                .start();
        clients = Clients.of(cloud.endpoint(), cloud.region());
        queues = new Queues(clients.sqs());
    }

    @AfterEach
    void stop() {
        clients.close();
        cloud.close();
        farm.close();
    }

    @Test
    void afterTwoHoursEverythingThatWasDueIsCheckedOnceWithinThreeMinutesAndNoMinuteHasTwiceItsShare() {
        clients.recheck(last);
        targets.forEach(this::schedule);

        var perMinute = new ArrayList<Integer>();
        for (int minute = 1; minute <= 3; minute++) {
            int before = server.accepted();
            now.set(last.plus(MINUTES_AWAY + minute, ChronoUnit.MINUTES));
            clients.recheck(now.get());
            queues.awaitIdle(PATIENCE);
            perMinute.add(server.accepted() - before);
        }

        assertEquals(TARGETS, server.accepted(), () -> "each once; in three minutes " + perMinute);
        assertTrue(perMinute.stream().allMatch(checks -> checks <= 2 * TARGETS / 3), perMinute::toString);
        assertEquals(
                List.of(), targets.stream().filter(target -> !isChecked(target)).toList());
        assertEquals(Map.of(), queues.deadLetters());
    }

    /** As if it had been watched for long. */
    private void schedule(Target target) {
        var item = Map.of(
                "pk", text("TARGET#" + target.id()),
                "sk", text("TARGET"),
                "target", text(target.id()),
                "due", text(Slot.of(target, Cadence.DAILY).key()),
                "dueKey", text(target.id()));
        clients.dynamoDb().putItem(request -> request.tableName(cloud.outputs().get("ConfigTable"))
                .item(item));
    }

    private boolean isChecked(Target target) {
        var latest = clients.dynamoDb()
                .getItem(request -> request.tableName(cloud.outputs().get("ResultsTable"))
                        .key(Map.of("pk", text("TARGET#" + target.id()), "sk", text("LATEST"))));
        return latest.hasItem() && latest.item().get("status").s().equals("ok");
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}

package dev.certtide.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Config;
import dev.certtide.kit.Results;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.Variables;
import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function as it is deployed, on tables and queues. */
@ExtendWith(Engines.class)
class SslStatsHandlerTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Invocation invocation = new Invocation("ssl-stats", Duration.ofSeconds(60));
    private LocalSqs sqs;
    private String deadLetters;
    private Table resultsTable;
    private Config config;
    private Results results;
    private SslStatsHandler handler;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        this.sqs = sqs;
        deadLetters = sqs.newQueue();
        var configTable = dynamoDb.newTable();
        var resultsTable = dynamoDb.newTable();
        this.resultsTable = new Table(dynamoDb.client(), resultsTable);
        config = new Config(new Table(dynamoDb.client(), configTable));
        results = new Results(new Table(dynamoDb.client(), resultsTable));
        config.schedule(SHOP);
        handler = new SslStatsHandler(
                Variables.of(
                        dynamoDb,
                        sqs,
                        Map.of(
                                "CONFIG_TABLE",
                                configTable,
                                "RESULTS_TABLE",
                                resultsTable,
                                "DEAD_LETTER_QUEUE_URL",
                                deadLetters)),
                () -> NOON);
    }

    @Test
    void theNewestResultIsKeptAndSetsTheCadence() {
        handle(result(0, Status.OK, 90));
        assertScheduled(Cadence.DAILY);
        handle(result(2, Status.CRITICAL, 90));
        assertScheduled(Cadence.HOURLY);
        handle(result(1, Status.OK, 90));
        assertScheduled(Cadence.HOURLY);
        assertEquals(Optional.of(result(2, Status.CRITICAL, 90)), results.latest(SHOP));
        handle(result(3, Status.OK, 12));
        assertScheduled(Cadence.SIX_HOURLY);
        handle(result(4, Status.OK, 398), result(4, Status.OK, 398));
        assertScheduled(Cadence.DAILY);
    }

    @Test
    void aTargetThatNobodyWatchesAnyMoreIsNotPutBackOnTheSchedule() {
        config.unschedule(SHOP);
        handle(result(0, Status.CRITICAL, 90));
        assertEquals(List.of(), config.due(Slot.of(SHOP, Cadence.HOURLY)));
        assertEquals(Status.CRITICAL, results.latest(SHOP).orElseThrow().status());
    }

    /** 90-day certificates, each replaced when 30 days were left; told late, twice, and in no order. */
    @Test
    void whenCertificatesAreRenewedIsLearnedAndCarriedByTheSchedule() {
        var checks = new ArrayList<CheckResult>();
        for (int day = 0; day < 190; day++) {
            checks.add(check(day, day / 60));
        }
        handle(checks.subList(0, 100).toArray(CheckResult[]::new));
        assertEquals(Optional.empty(), known().flatMap(Known::habit), "one renewal may be chance");

        var rest = new ArrayList<>(checks.subList(90, 190));
        Collections.shuffle(rest, new Random(7));
        handle(rest.toArray(CheckResult[]::new));
        var habit = known().orElseThrow().habit().orElseThrow();

        assertEquals(3, habit.renewals());
        assertEquals(30, habit.left(Duration.ofDays(90)).plusHours(12).toDays());
        handle(check(189, 3), check(150, 2));
        assertEquals(Optional.of(habit), known().flatMap(Known::habit));
    }

    @Test
    void aLeafThatIsForClientsTooIsRememberedUntilTheSecondRenewal() {
        handle(check(0, 0));
        handle(check(60, 1));
        assertEquals(Optional.of(new Known(true, Optional.empty())), known());
        handle(check(80, 2));
        assertEquals(Optional.empty(), known());
    }

    @Test
    void anUnchangedLeafIsNotWrittenToTheLeavesNorToTheSchedule() {
        handle(check(0, 0), check(1, 0), check(2, 0));
        assertEquals(LeafHistory.NONE, results.leaves(SHOP));
        assertEquals(Optional.empty(), known());
    }

    @Test
    void whatIsWrittenDownIsCarriedByTheSchedule() {
        handle(result(0, Status.OK, 90));
        assertEquals(Optional.of(Outcome.of(result(0, Status.OK, 90))), last());
        handle(result(2, Status.WARNING, 90));
        handle(result(1, Status.CRITICAL, 90));
        assertEquals(Optional.of(Outcome.of(result(2, Status.WARNING, 90))), last());
    }

    @Test
    void aTargetThatCameBackToTheScheduleWhileItWasCheckedLearnsOfItWithTheNextResult() {
        handle(result(0, Status.OK, 398));
        config.unschedule(SHOP);
        config.schedule(SHOP);
        assertEquals(Optional.empty(), last());
        handle(result(1, Status.OK, 398));
        assertEquals(Optional.of(Outcome.of(result(1, Status.OK, 398))), last());
    }

    @Test
    void ofTargetsOfWhichThereIsNothingNewOneItemIsKept() {
        var minute = NOON.minusSeconds(120);
        var unchanged = new SslUnchanged(
                "daily#7.1", minute, NOON, NOON.plusSeconds(2), SHOP, Target.parse("zoo.example"), 97, List.of());
        var body = CloudEvent.writeBatch(
                SslUnchanged.class,
                List.of(CloudEvent.of(
                        EventType.SSL_UNCHANGED, "1", "ssl-checker", "daily#7.1", NOON, Optional.empty(), unchanged)));
        handle(body);
        handle(body);

        var items = resultsTable.query("SLOT#daily#7.1", "");
        assertEquals(1, items.size());
        assertEquals(
                "RUN#2026-11-21T11:58Z#https://shop.example:443#2026-11-21T12:00:00.000000000Z",
                items.getFirst().sk());
        assertEquals(Optional.empty(), results.latest(SHOP));
        assertEquals(Optional.empty(), last());
    }

    @Test
    void anEventOfAVersionToComeIsKeptWithItsReason() {
        var body = CloudEvent.writeBatch(
                        CheckResult.class,
                        List.of(CloudEvent.of(
                                EventType.SSL_CHECKED,
                                "1",
                                "ssl-checker",
                                SHOP.id(),
                                NOON,
                                Optional.empty(),
                                result(0, Status.OK, 90))))
                .replace("ssl.checked.v1", "ssl.checked.v2")
                .replace("checkedAt", "when");
        handle(body);
        var kept = sqs.drain(deadLetters).getFirst();
        assertEquals(body, kept.body());
        assertEquals("[0].type", kept.messageAttributes().get("field").stringValue());
        assertEquals(
                "[0].type: is not known here; expected dev.certtide.ssl.checked.v1 or dev.certtide.ssl.unchanged.v1",
                kept.messageAttributes().get("reason").stringValue());
        assertEquals(Optional.empty(), results.latest(SHOP));
    }

    private Optional<Outcome> last() {
        return config.scheduled(List.of(SHOP)).getFirst().last();
    }

    private Optional<Known> known() {
        return config.scheduled(List.of(SHOP)).getFirst().known();
    }

    /** The leaf of that number, seen on that day; each begins 60 days after the one before, the first is for clients. */
    private static CheckResult check(int day, int number) {
        var result = result(day * 24 * 60, Status.OK, 90);
        var leaf = result.leaf().orElseThrow();
        var notBefore = NOON.plus(Duration.ofDays(60L * number)).minusSeconds(3600);
        var renewed = new CertificateReport(
                leaf.subject(),
                leaf.issuer(),
                leaf.serialNumber(),
                notBefore,
                notBefore.plus(Duration.ofDays(90)),
                leaf.names(),
                0,
                leaf.keyAlgorithm(),
                leaf.signatureAlgorithm(),
                "leaf" + number,
                Optional.of("key" + number),
                Optional.of(number == 0 ? List.of("serverAuth", "clientAuth") : List.of("serverAuth")));
        var address = new AddressReport(
                "192.0.2.1:443",
                "handshake-complete",
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.empty(),
                List.of(renewed),
                5);
        return new CheckResult(SHOP, result.checkedAt(), result.verdict(), List.of(address));
    }

    private void assertScheduled(Cadence expected) {
        for (var cadence : Cadence.values()) {
            assertEquals(
                    cadence == expected ? 1 : 0,
                    config.due(Slot.of(SHOP, cadence)).size(),
                    cadence.toString());
        }
    }

    private void handle(CheckResult... results) {
        var body = CloudEvent.writeBatch(
                CheckResult.class,
                Arrays.stream(results)
                        .map(result -> CloudEvent.of(
                                EventType.SSL_CHECKED, "1", "ssl-checker", SHOP.id(), NOON, Optional.empty(), result))
                        .toList());
        handle(body);
    }

    private void handle(String body) {
        assertEquals(
                List.of(),
                handler.handleRequest(Invocation.messages(body), invocation).getBatchItemFailures(),
                invocation.lines().toString());
    }

    private static CheckResult result(int minute, Status status, int lifetimeDays) {
        var notBefore = NOON.minus(Duration.ofDays(1));
        var leaf = new CertificateReport(
                "CN=shop.example",
                "CN=CA",
                "01",
                notBefore,
                notBefore.plus(Duration.ofDays(lifetimeDays)),
                List.of("shop.example"),
                0,
                "EC P-256",
                "SHA256withECDSA",
                "ab".repeat(32));
        var address = new AddressReport(
                "192.0.2.1:443",
                "handshake-complete",
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.empty(),
                List.of(leaf),
                5);
        return new CheckResult(SHOP, NOON.plusSeconds(60L * minute), new Verdict(status, List.of()), List.of(address));
    }
}

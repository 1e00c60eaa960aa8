package dev.certtide.recheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.Item;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Call;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.history.RenewalHabit;
import dev.certtide.model.json.Json;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Slots that are read in many pages, by a function between which and the engines somebody stands. */
@ExtendWith(Engines.class)
class LargeSlotTest {
    private static final Slot SLOT = new Slot(Cadence.DAILY, 0, 1);
    /** Ten messages of a hundred, and the hundred that are being packed. */
    private static final int UNDER_WAY = 1_100;

    private final List<AutoCloseable> open = new ArrayList<>();
    private LocalDynamoDb dynamoDb;
    private LocalSqs sqs;
    private Recheck recheck;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        this.dynamoDb = dynamoDb;
        this.sqs = sqs;
        recheck = new Recheck(dynamoDb, sqs);
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void aSlotIsReadPageByPageAndSentAsThePagesCome() {
        var targets = fill(2_000);
        var sent = new AtomicInteger();
        var pages = new AtomicInteger();
        var most = new AtomicInteger();
        inFrontOfDynamoDb(call -> {
            if (isOfTheSlot(call)) {
                most.accumulateAndGet(pages.getAndIncrement() * 20 - sent.get(), Math::max);
                return new Fate.Passed(limited(call, 20));
            }
            return new Fate.Passed(call.body());
        });
        inFrontOfSqs(call -> {
            sent.addAndGet(targetsIn(call));
            return new Fate.Passed(call.body());
        });
        recheck.tick();
        assertTrue(pages.get() >= 100, () -> pages + " pages");
        assertTrue(most.get() <= UNDER_WAY + 20, () -> most + " targets were read and not sent");
        var messages = recheck.messages();
        assertEquals(targets, inOrder(messages));
        assertEquals(20, messages.size());
    }

    /** Its pages are written by the test: an engine on one machine takes minutes to hold it. */
    @Test
    void aSlotOfTwoHundredThousandTargetsGoesThroughWithAPageOrTwoInMemory() {
        int pages = 80;
        int perPage = 2_500;
        var sent = new AtomicInteger();
        var asked = new AtomicInteger();
        var most = new AtomicInteger();
        inFrontOfDynamoDb(call -> {
            if (isOfTheSlot(call)) {
                int page = asked.getAndIncrement();
                most.accumulateAndGet(page * perPage - sent.get(), Math::max);
                return new Fate.Answered(page(page, perPage, page == pages - 1));
            }
            return new Fate.Passed(call.body());
        });
        inFrontOfSqs(call -> {
            sent.addAndGet(targetsIn(call));
            return new Fate.Passed(call.body());
        });
        recheck.tick();
        assertEquals(pages, asked.get());
        assertEquals(pages * perPage, sent.get());
        assertTrue(most.get() <= UNDER_WAY, () -> most + " targets were read and not sent");
        var messages = recheck.messages();
        var all = inOrder(messages);
        assertEquals(pages * perPage, all.size());
        assertEquals(Target.parse("host-0000000.example"), all.getFirst());
        assertEquals(Target.parse("host-0199999.example"), all.getLast());
    }

    @Test
    void aMessageStaysSmallHoweverLongNamesAre() {
        var known = new Known(true, Optional.of(new RenewalHabit(30, 1 / 3.0, Long.MAX_VALUE / 7, 1 / 7.0)));
        var last = new Outcome(Status.UNREACHABLE, "f".repeat(64), recheck.now.plusNanos(123_456_789));
        var label = "x".repeat(58);
        for (int i = 0; i < 230; i++) {
            var host = "%s.%s.%s.%s.host-%04d".formatted(label, label, label, label, i);
            var target = Target.parse("postgres://" + host + ":65432");
            recheck.configTable.put(item(target)
                    .with("known", Json.write(known))
                    .with("last", Json.write(last))
                    .with("incident", "inc_1"));
        }
        recheck.tick();
        var bodies = sqs.drain(recheck.queue);
        bodies.forEach(message -> assertTrue(
                message.body().length() < 64 * 1024, () -> message.body().length() + " bytes"));
        assertEquals(
                230,
                bodies.stream()
                        .mapToInt(message -> CloudEvent.read(RecheckDue.class, message.body())
                                .data()
                                .targets()
                                .size())
                        .sum());
    }

    @Test
    void whenTheTableIsThrottledMidWayTheOthersAreSentAndNothingIsLost() {
        var throttled = new AtomicInteger(1);
        var inSlot = fill(120);
        var beside = new ArrayList<Target>();
        for (var cadence : Cadence.values()) {
            for (int part = 0; part < Slot.PARTS; part++) {
                var slot = new Slot(cadence, 0, part);
                if (!slot.equals(SLOT)) {
                    var target = Target.parse(cadence.word() + "-" + part + ".example");
                    recheck.configTable.put(item(target).with("due", slot.key()));
                    beside.add(target);
                }
            }
        }
        inFrontOfDynamoDb(
                call -> isOfTheSlot(call) && throttled.get() == 1 && call.body().contains("ExclusiveStartKey")
                        ? new Fate.Refused("ProvisionedThroughputExceededException")
                        : new Fate.Passed(isOfTheSlot(call) ? limited(call, 50) : call.body()));
        assertThrows(IllegalStateException.class, recheck::tick);
        assertEquals(new HashSet<>(beside), new HashSet<>(recheck.sent()));

        throttled.set(0);
        recheck.tick();
        assertEquals(inSlot, inOrder(recheck.messages()), "Lambda tells the minute again");
        recheck.tick();
        assertEquals(List.of(), recheck.sent());
    }

    @Test
    void whatWasThrottledThroughAllRepetitionsIsServedByTheNextMinutes() {
        var inSlot = fill(120);
        var throttled = new AtomicInteger(1);
        inFrontOfDynamoDb(call -> isOfTheSlot(call) && throttled.get() == 1
                ? new Fate.Refused("ThrottlingException")
                : new Fate.Passed(call.body()));
        assertThrows(IllegalStateException.class, recheck::tick);
        throttled.set(0);
        var sent = new ArrayList<RecheckDue>();
        for (int i = 0; i < 3; i++) {
            recheck.pass(Duration.ofMinutes(1));
            recheck.tick();
            sent.addAll(recheck.messages());
        }
        assertEquals(inSlot, inOrder(sent));
    }

    /** What a crash leaves, too, once its claim has ended. */
    @Test
    void aFailureBetweenTwoPagesHasSomeSentTwiceAndNoneNever() {
        var inSlot = fill(1_500);
        var requests = new AtomicInteger();
        inFrontOfSqs(call ->
                requests.incrementAndGet() == 2 ? new Fate.Refused("InvalidAddress") : new Fate.Passed(call.body()));
        assertThrows(IllegalStateException.class, recheck::tick);
        assertEquals(inSlot.subList(0, 1_000), inOrder(recheck.messages()));
        recheck.tick();
        assertEquals(inSlot, inOrder(recheck.messages()));
    }

    /** Sixteen queries, and the cursor: read once, written once. */
    @Test
    void aMinuteInWhichNothingIsDueClaimsNothing() {
        var operations = new ConcurrentHashMap<String, Integer>();
        inFrontOfDynamoDb(call -> {
            operations.merge(call.operation(), 1, Integer::sum);
            return new Fate.Passed(call.body());
        });
        recheck.tick();
        assertEquals(Map.of("GetItem", 1, "Query", 16, "PutItem", 1), operations);
        recheck.tick();
        assertEquals(Map.of("GetItem", 2, "Query", 16, "PutItem", 1), operations, "the same minute again");
    }

    private List<Target> fill(int count) {
        var targets = IntStream.range(0, count)
                .mapToObj(i -> Target.parse("host-%07d.example".formatted(i)))
                .toList();
        targets.parallelStream().forEach(target -> recheck.configTable.put(item(target)));
        return targets;
    }

    private static Item item(Target target) {
        return Item.of("TARGET#" + target.id(), "TARGET")
                .with("target", target.id())
                .with("due", SLOT.key())
                .with("dueKey", target.id());
    }

    private static List<Target> inOrder(List<RecheckDue> messages) {
        var starts = new ConcurrentHashMap<String, RecheckDue>();
        messages.forEach(
                message -> starts.put(message.targets().getFirst().target().id(), message));
        return starts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().targets().stream())
                .map(RecheckDue.Due::target)
                .toList();
    }

    private void inFrontOfDynamoDb(Function<Call, Fate> script) {
        stand("AWS_ENDPOINT_URL_DYNAMODB", new InFrontOf(dynamoDb.endpoint(), script));
    }

    private void inFrontOfSqs(Function<Call, Fate> script) {
        stand("AWS_ENDPOINT_URL_SQS", new InFrontOf(sqs.endpoint(), script));
    }

    private void stand(String variable, InFrontOf proxy) {
        open.add(proxy);
        recheck.environment.put(variable, proxy.endpoint().toString());
    }

    private static boolean isOfTheSlot(Call call) {
        return call.operation().equals("Query") && call.body().contains("\"" + SLOT.key() + "\"");
    }

    private static String limited(Call call, int limit) {
        return call.body().replaceFirst("\\{", "{\"Limit\": " + limit + ", ");
    }

    private static int targetsIn(Call call) {
        return (int) Pattern.compile("\\\\\"target\\\\\"")
                .matcher(call.body())
                .results()
                .count();
    }

    private static String page(int page, int size, boolean last) {
        var items = new StringBuilder();
        for (int i = 0; i < size; i++) {
            var id = "https://host-%07d.example:443".formatted(page * size + i);
            items.append(items.isEmpty() ? "" : ",").append("""
                    {"pk": {"S": "TARGET#%s"}, "sk": {"S": "TARGET"}, "target": {"S": "%s"},
                     "due": {"S": "%s"}, "dueKey": {"S": "%s"}}""".formatted(id, id, SLOT.key(), id));
        }
        var next = last ? "" : """
                , "LastEvaluatedKey": {"pk": {"S": "x"}, "sk": {"S": "TARGET"}, "due": {"S": "%s"}, "dueKey": {"S": "x"}}
                """.formatted(SLOT.key());
        return "{\"Items\": [" + items + "], \"Count\": " + size + next + "}";
    }
}

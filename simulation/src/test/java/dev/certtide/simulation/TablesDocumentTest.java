package dev.certtide.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.customers.NewCustomersHandler;
import dev.certtide.kit.AwsClients;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.PrivateCas;
import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.json.Json;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import dev.certtide.registry.UrlRegistryHandler;
import dev.certtide.simulation.DocumentedTables.Row;
import dev.certtide.stats.SslStatsHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code docs/contracts/tables.md} has what the functions write, and nothing that nobody does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TablesDocumentTest {
    private static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");
    private static final Target SHOP = Target.parse("shop.example");

    /** By the names that the engine in memory gives, in the order in which a deployment makes them. */
    private static final Map<String, String> TABLES =
            Map.of("t-1", "Config", "t-2", "Results", "t-3", "Dedup", "t-4", "Marketing");

    /** Written by what is no part of the simulation: the command, the checker, and who posts to a CRM. */
    private static final Set<String> WRITTEN_ELSEWHERE = Set.of(
            "OWNER#<owner> / TEMPLATE#<kind>",
            "OWNER#<owner> / TEST#<key>",
            "ROOTS##public / CURRENT",
            "ROOTS##public / LIST#<version>",
            "check#<target id> / CLAIM",
            "crm#customer.created#<owner> / CLAIM");

    /** Named to say that it is not there, or of something else; and what the simulated certificates do not have. */
    private static final Set<String> NAMED_ONLY = Set.of(
            "Config: TARGET#<target id> / WATCH#<owner>: default",
            "Config: TARGET#<target id> / WATCH#<owner>: pk",
            "Dedup: recheck#cursor / CURSOR: expiresAt",
            "Results: OWNER#<owner> / FROZEN#<channel>#<until>: data",
            "Results: TARGET#<target id> / HISTORY#<checkedAt>: yes",
            "Results: TARGET#<target id> / LEAVES: key");

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    private final DocumentedTables document = DocumentedTables.read();
    private final Map<Row, Set<String>> seen = new HashMap<>();
    private final Set<String> unknown = new TreeSet<>();

    @BeforeAll
    void haveItAllWritten() {
        MemoryDynamoDb.seenBy(this::see, () -> {
            LongStream.concat(LongStream.rangeClosed(1, 20), LongStream.of(50))
                    .forEach(seed -> new Simulation(seed, Scale.of(seed)).run());
            writeTheRest();
        });
    }

    private void see(String engineTable, Map<String, AttributeValue> item) {
        var table = TABLES.get(engineTable);
        var row = document.find(table, item.get("pk").s(), item.get("sk").s());
        if (row.isEmpty()) {
            unknown.add(
                    table + ": " + item.get("pk").s() + " / " + item.get("sk").s());
            return;
        }
        var words = seen.computeIfAbsent(row.get(), _ -> new TreeSet<>());
        item.forEach((name, value) -> {
            if (!name.equals("pk") && !name.equals("sk")) {
                words.add(name);
                if (!row.get().words().contains(name)) {
                    unknown.add(row.get() + ": " + name);
                }
                Optional.ofNullable(value.s()).stream()
                        .flatMap(text -> WORD.matcher(text).results())
                        .forEach(found -> words.add(found.group()));
            }
        });
    }

    @Test
    void whatIsWrittenIsDocumented() {
        assertEquals(Set.of(), unknown);
    }

    @Test
    void whatIsDocumentedIsWritten() {
        var unseen = document.rows().stream()
                .filter(row -> !seen.containsKey(row))
                .map(row -> row.pk().getFirst() + " / " + row.sk())
                .filter(key -> !key.startsWith("SECRET#"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(WRITTEN_ELSEWHERE), unseen);
    }

    @Test
    void everyNameThatIsDocumentedIsThere() {
        var missing = seen.entrySet().stream()
                .flatMap(entry -> entry.getKey().words().stream()
                        .filter(word -> !entry.getValue().contains(word))
                        .map(word -> entry.getKey() + ": " + word))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(NAMED_ONLY), missing);
    }

    /** What the simulated world has none of: private roots, customers, and checks of which there is nothing to tell. */
    private static void writeTheRest() {
        var deployment = new Deployment(1, Deployment.Trouble.NONE, InstantSource.fixed(NOW), bodies -> bodies);
        var variables = new HashMap<>(Map.of(
                "CONFIG_TABLE",
                "t-1",
                "RESULTS_TABLE",
                "t-2",
                "DEDUP_TABLE",
                "t-3",
                "MARKETING_TABLE",
                deployment.tables().newTable(),
                "SSL_FAILURES_QUEUE_URL",
                deployment.url("ssl-failures"),
                "DEAD_LETTER_QUEUE_URL",
                deployment.url("dead-letters")));
        var clock = InstantSource.fixed(NOW);
        var added = Json.write(Map.of(
                "url", "shop.example",
                "owner", "jane",
                "email", "jane@example.com",
                "name", "Jane",
                "locale", "en",
                "plan", "pro",
                "externalId", "7",
                "privateRoots", PrivateCas.INTERNAL.pem()));
        var slot = Slot.of(SHOP, Cadence.DAILY);
        var unchanged = CloudEvent.writeBatch(
                SslUnchanged.class,
                List.of(CloudEvent.of(
                        EventType.SSL_UNCHANGED,
                        "1",
                        "ssl-checker",
                        slot.key(),
                        NOW,
                        Optional.empty(),
                        new SslUnchanged(slot.key(), NOW, NOW, NOW, SHOP, SHOP, 1, List.of(SHOP)))));
        AwsClients.lend(deployment.tables(), deployment.queues(), () -> Stream.of(
                                new UrlRegistryHandler(variables, clock), new NewCustomersHandler(variables, clock))
                        .toList())
                .forEach(function -> function.handleRequest(Invocation.messages(added), invocation()));
        AwsClients.lend(deployment.tables(), deployment.queues(), () -> new SslStatsHandler(variables, clock))
                .handleRequest(Invocation.messages(unchanged), invocation());
    }

    private static Invocation invocation() {
        return new Invocation("function", Duration.ofMinutes(5));
    }
}

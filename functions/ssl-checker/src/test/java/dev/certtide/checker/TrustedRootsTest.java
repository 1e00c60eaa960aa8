package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.kit.Environment;
import dev.certtide.kit.Item;
import dev.certtide.kit.Log;
import dev.certtide.kit.PublicRoots;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.Invocation;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.probe.trust.AnchorList;
import dev.certtide.probe.trust.RootBundle;
import dev.certtide.probe.trust.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Engines.class)
class TrustedRootsTest {
    private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Instant LATER = NOW.plus(FIVE_MINUTES);

    @TempDir
    private Path folder;

    private Table config;

    @BeforeEach
    void inANewTable(LocalDynamoDb dynamoDb) {
        config = dynamoDb.table();
    }

    @Test
    void theListsDayAndSizeAreToldOnceAtTheBeginning() {
        var roots = roots(Map.of());

        List<String> first = told(roots, NOW);

        assertEquals(1, first.size());
        assertTrue(first.getFirst().contains("\"asOf\":\"2026-08-18\""), first::toString);
        assertTrue(first.getFirst().contains("\"roots\":121"), first::toString);
        assertTrue(first.getFirst().contains("INFO"), first::toString);
        assertEquals(List.of(), told(roots, NOW.plusSeconds(600)));
    }

    @Test
    void aListOfMoreThanHalfAYearAgoIsAWarning() {
        List<String> lines = told(roots(Map.of()), Instant.parse("2027-02-15T00:00:00Z"));

        assertTrue(lines.getFirst().contains("WARN"), lines::toString);
        assertTrue(lines.getFirst().contains("older than 180 days"), lines::toString);
    }

    @Test
    void aFileOfRootsThatCannotBeUsedIsToldAndTheBundledOnesStay() throws Exception {
        Path broken = Files.writeString(folder.resolve("roots.pem"), "nothing");
        var roots = roots(Map.of("CERTTIDE_TRUST_STORE", broken.toString()));

        List<String> lines = told(roots, NOW);

        assertTrue(lines.getFirst().contains("the old one is kept"), lines::toString);
        assertEquals(121, roots.source().at(NOW).size());
    }

    @Test
    void anAuthorityOfOnesOwnIsAddedToWhateverListThereIs() throws Exception {
        Path own = Files.writeString(
                folder.resolve("own.pem"),
                CertificateAuthority.create("Own", NOW).rootPem());
        var roots = roots(Map.of("CERTTIDE_CA_FILE", own.toString()));

        assertEquals(122, roots.source().at(NOW).size());
        assertEquals(122, lookedAt(roots, NOW).size());
    }

    /** As somebody does for a deployment that nobody wants to deploy anew for a list. */
    @Test
    void aListThatIsStoredCountsMinutesLaterAndTheBundledOneAgainWhenItIsRemoved() throws Exception {
        var stored = new PublicRoots(config);
        var roots = roots(Map.of());
        told(roots, NOW);
        var list = bundled().replaceFirst("# As of: .*", "# As of: 2026-09-30")
                + CertificateAuthority.create("New", NOW).rootPem();

        stored.store(new PublicRoots.Stored(list, LocalDate.parse("2026-10-01")));

        assertEquals(121, lookedAt(roots, NOW.plusSeconds(60)).size());
        var taken = told(roots, LATER);
        assertEquals(122, roots.source().at(LATER).size());
        assertTrue(
                taken.getFirst().contains("The stored list of roots is used from now on: 122 roots as of 2026-09-30"),
                taken::toString);
        assertTrue(taken.getLast().contains("\"asOf\":\"2026-09-30\""), taken::toString);
        stored.remove();
        assertEquals(121, lookedAt(roots, LATER.plus(FIVE_MINUTES)).size());
    }

    @Test
    void aStoredListThatSaysNoDayIsOfTheDayOnWhichItWasStored() throws Exception {
        var day = LocalDate.parse("2026-09-15");
        new PublicRoots(config).store(new PublicRoots.Stored(bundled().replaceFirst("# As of: .*", ""), day));

        assertEquals(Optional.of(day), lookedAt(roots(Map.of()), NOW).asOf());
    }

    /** Nobody is to be trusted because of a slip in a table. */
    @Test
    void whatIsNoListOrAnotherOneThanItSaysIsNotTaken() throws Exception {
        var stored = new PublicRoots(config);
        var authority = CertificateAuthority.create("Own", NOW).rootPem();
        stored.store(new PublicRoots.Stored(authority, LocalDate.parse("2026-10-01")));
        assertNotTaken("has only 1 where that which came with this program has 121");

        config.put(Item.of("ROOTS##public", "LIST#" + stored.version().orElseThrow())
                .with("pem", bundled() + authority)
                .with("storedOn", "2026-10-01"));
        assertNotTaken("is something else");

        config.put(Item.of("ROOTS##public", "LIST#" + stored.version().orElseThrow()));
        assertNotTaken("cannot be used");

        config.delete("ROOTS##public", "LIST#" + stored.version().orElseThrow());
        assertNotTaken("there is none of the version that is to count");
    }

    private void assertNotTaken(String why) {
        var roots = roots(Map.of());
        var lines = told(roots, NOW);
        assertTrue(lines.getFirst().contains(why), lines::toString);
        assertTrue(lines.getFirst().contains("the old one is kept"), lines::toString);
        assertEquals(121, roots.source().at(NOW).size());
    }

    /** The list that came with Certtide may be the wrong one: its verdicts would be told as troubles that nobody has. */
    @Test
    void whoHasNeverFoundOutWhichListCountsDoesNotCheck(LocalDynamoDb dynamoDb) {
        var gone = new StoredRoots(new PublicRoots(new Table(dynamoDb.client(), "gone")));
        var roots = new TrustedRoots(new Environment(Map.of()), gone);

        assertThrows(IllegalStateException.class, () -> told(roots, NOW));

        var file = folder.resolve("none.pem").toString();
        var byFile = new TrustedRoots(new Environment(Map.of("CERTTIDE_TRUST_STORE", file)), gone);
        assertEquals(121, lookedAt(byFile, NOW).size());
    }

    @Test
    void whoHasFoundOutGoesOnWithThatWhenTheTableDoesNotAnswer() throws Exception {
        new PublicRoots(config)
                .store(new PublicRoots.Stored(
                        bundled() + CertificateAuthority.create("New", NOW).rootPem(), LocalDate.parse("2026-10-01")));
        var list = new StoredRoots(new PublicRoots(config));
        var isDown = new AtomicBoolean();
        var roots = new TrustedRoots(new Environment(Map.of()), new AnchorList() {
            @Override
            public String title() {
                return list.title();
            }

            @Override
            public Optional<String> version() throws IOException {
                if (isDown.get()) {
                    throw new IOException("throttled");
                }
                return list.version();
            }

            @Override
            public RootBundle read(String version) throws IOException {
                return list.read(version);
            }
        });
        assertEquals(122, lookedAt(roots, NOW).size());

        isDown.set(true);
        assertTrue(told(roots, LATER).getFirst().contains("cannot be read"));
        assertEquals(122, roots.source().at(LATER).size());
    }

    private static String bundled() throws IOException {
        try (var pem = TrustAnchors.class.getResourceAsStream("mozilla-roots.pem")) {
            return new String(pem.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private TrustedRoots roots(Map<String, String> variables) {
        return new TrustedRoots(new Environment(variables), new StoredRoots(new PublicRoots(config)));
    }

    private static TrustAnchors lookedAt(TrustedRoots roots, Instant now) {
        told(roots, now);
        return roots.source().at(now);
    }

    private static List<String> told(TrustedRoots roots, Instant now) {
        var invocation = new Invocation("ssl-checker", Duration.ofMinutes(1));
        roots.look(Log.of(new Environment(Map.of()), InstantSource.fixed(now), invocation), now);
        return invocation.lines();
    }
}

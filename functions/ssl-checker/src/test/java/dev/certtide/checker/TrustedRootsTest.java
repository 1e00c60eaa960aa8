package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

        assertEquals(121, roots.source().at(NOW.plusSeconds(60)).size());
        assertEquals(122, roots.source().at(LATER).size());
        var taken = told(roots, LATER);
        assertTrue(
                taken.getFirst().contains("The stored list of roots is used from now on: 122 roots as of 2026-09-30"),
                taken::toString);
        stored.remove();
        assertEquals(121, roots.source().at(LATER.plus(FIVE_MINUTES)).size());
    }

    @Test
    void aStoredListThatSaysNoDayIsOfTheDayOnWhichItWasStored() throws Exception {
        var day = LocalDate.parse("2026-09-15");
        new PublicRoots(config).store(new PublicRoots.Stored(bundled().replaceFirst("# As of: .*", ""), day));

        assertEquals(Optional.of(day), roots(Map.of()).source().at(NOW).asOf());
    }

    /** Nobody is to be trusted because of a slip in a table. */
    @Test
    void whatIsNoListOrAnotherOneThanItSaysIsNotTaken() throws Exception {
        var stored = new PublicRoots(config);
        var authority = CertificateAuthority.create("Own", NOW).rootPem();
        stored.store(new PublicRoots.Stored(authority, LocalDate.parse("2026-10-01")));
        var small = roots(Map.of());
        assertEquals(121, small.source().at(NOW).size());
        assertTrue(told(small, NOW).getFirst().contains("has only 1 where there were 121"));

        config.put(Item.of("ROOTS##public", "LIST#" + stored.version().orElseThrow())
                .with("pem", bundled() + authority)
                .with("storedOn", "2026-10-01"));
        var another = roots(Map.of());
        assertEquals(121, another.source().at(NOW).size());
        assertTrue(told(another, NOW).getFirst().contains("is something else"));

        config.put(Item.of("ROOTS##public", "LIST#" + stored.version().orElseThrow()));
        var empty = roots(Map.of());
        assertEquals(121, empty.source().at(NOW).size());
        assertTrue(told(empty, NOW).getFirst().contains("the old one is kept"));
    }

    /** The table may be gone for a moment, and checks go on. */
    @Test
    void aTableThatDoesNotAnswerCostsNobodyHisCheck(LocalDynamoDb dynamoDb) {
        var roots = new TrustedRoots(
                new Environment(Map.of()), new StoredRoots(new PublicRoots(new Table(dynamoDb.client(), "gone"))));

        assertEquals(121, roots.source().at(NOW).size());
        assertTrue(told(roots, NOW).getFirst().contains("the old one is kept"));
    }

    private static String bundled() throws IOException {
        try (var pem = TrustAnchors.class.getResourceAsStream("mozilla-roots.pem")) {
            return new String(pem.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private TrustedRoots roots(Map<String, String> variables) {
        return new TrustedRoots(new Environment(variables), new StoredRoots(new PublicRoots(config)));
    }

    private static List<String> told(TrustedRoots roots, Instant now) {
        var invocation = new Invocation("ssl-checker", Duration.ofMinutes(1));
        roots.tell(Log.of(new Environment(Map.of()), InstantSource.fixed(now), invocation), now);
        return invocation.lines();
    }
}

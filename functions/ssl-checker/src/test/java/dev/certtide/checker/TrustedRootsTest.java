package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.kit.Environment;
import dev.certtide.kit.Log;
import dev.certtide.kit.engine.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedRootsTest {
    private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");

    @TempDir
    private Path folder;

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

    private static TrustedRoots roots(Map<String, String> variables) {
        return new TrustedRoots(new Environment(variables));
    }

    private static List<String> told(TrustedRoots roots, Instant now) {
        var invocation = new Invocation("ssl-checker", Duration.ofMinutes(1));
        roots.tell(Log.of(new Environment(Map.of()), InstantSource.fixed(now), invocation), now);
        return invocation.lines();
    }
}

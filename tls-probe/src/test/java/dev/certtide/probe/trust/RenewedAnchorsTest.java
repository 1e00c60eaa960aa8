package dev.certtide.probe.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewedAnchorsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration LATER = Duration.ofMinutes(6);
    private static final List<CertificateAuthority> AUTHORITIES = IntStream.range(0, 5)
            .mapToObj(i -> CertificateAuthority.create("Authority " + i, NOW))
            .toList();
    private static final TrustAnchors BUNDLED = TrustAnchors.of(roots(3));

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();
    private Path file;
    private RenewedAnchors anchors;

    @BeforeEach
    void begin() {
        file = folder.resolve("roots.pem");
        anchors = new RenewedAnchors(new AnchorFile(file), BUNDLED, log::add);
    }

    @Test
    void theFileReplacesWhatWasBundledAndItsDayIsKnown() throws IOException {
        write("# As of: 2026-05-30\n" + pem(3), NOW);

        TrustAnchors now = anchors.at(NOW);

        assertEquals(3, now.size());
        assertEquals(Optional.of(LocalDate.parse("2026-05-30")), now.asOf());
        assertTrue(log.getFirst().contains("3 roots as of 2026-05-30"), log::toString);
    }

    @Test
    void aFileThatSaysNoDayIsOfTheDayOfItsLastChange() throws IOException {
        write(pem(3), Instant.parse("2026-04-01T00:00:00Z"));

        assertEquals(Optional.of(LocalDate.parse("2026-04-01")), anchors.at(NOW).asOf());
    }

    @Test
    void aRenewedFileIsTakenMinutesLaterWithoutARestart() throws IOException {
        write(pem(3), NOW);
        TrustAnchors first = anchors.at(NOW);
        write(pem(4), NOW.plusSeconds(1));

        assertSame(first, anchors.at(NOW.plusSeconds(2)));
        assertEquals(4, anchors.at(NOW.plus(LATER)).size());
        assertEquals(2, log.size());
    }

    @Test
    void aBrokenFileIsNotTakenAndToldOnce() throws IOException {
        write(pem(3), NOW);
        TrustAnchors first = anchors.at(NOW);
        write("-----BEGIN CERTIFICATE-----\nbroken\n", NOW.plusSeconds(1));

        assertSame(first, anchors.at(NOW.plus(LATER)));
        assertSame(first, anchors.at(NOW.plus(LATER.multipliedBy(2))));
        assertEquals(2, log.size());
        assertTrue(log.getLast().contains("the old one is kept"), log::toString);
    }

    /** What could not be read for a moment is not older for it: by its date alone nobody would look again. */
    @Test
    void aFileThatCouldNotBeReadIsTriedAgainThoughItHasNotChanged() throws IOException {
        Files.createDirectory(file);
        Files.setLastModifiedTime(file, FileTime.from(NOW));
        assertSame(BUNDLED, anchors.at(NOW));
        assertTrue(log.getLast().contains("cannot be read"), log::toString);
        Files.delete(file);
        write(pem(3), NOW);

        assertEquals(3, anchors.at(NOW.plus(LATER)).size());
    }

    @Test
    void aListThatIsSuddenlySmallIsNotTaken() throws IOException {
        write(pem(4), NOW);
        TrustAnchors first = anchors.at(NOW);
        write(pem(1), NOW.plusSeconds(1));

        assertSame(first, anchors.at(NOW.plus(LATER)));
        assertTrue(log.getLast().contains("only 1 where that which came with this program has 3"), log::toString);
    }

    /** Whoever holds more than came with the program, and whoever has just begun, take the same list. */
    @Test
    void howLargeAListHasToBeDoesNotDependOnTheOneBefore() throws IOException {
        write(pem(5), NOW);
        anchors.at(NOW);
        write(pem(2), NOW.plusSeconds(1));

        assertEquals(2, anchors.at(NOW.plus(LATER)).size());
        assertEquals(
                2,
                new RenewedAnchors(new AnchorFile(file), BUNDLED, log::add)
                        .at(NOW)
                        .size());
    }

    @Test
    void untilAListWasReadOrFoundNotToBeThereNothingIsKnown() throws IOException {
        assertSame(BUNDLED, anchors.at(NOW));
        assertFalse(anchors.isKnown());
        write(pem(3), NOW);

        assertEquals(3, anchors.at(NOW.plusSeconds(10)).size());
        assertTrue(anchors.isKnown());
        Files.delete(file);
        assertEquals(3, anchors.at(NOW.plus(LATER)).size());
        assertTrue(anchors.isKnown(), "what it was");
    }

    @Test
    void aListThatIsOlderThanTheBundledOneIsToldToBe() throws IOException {
        TrustAnchors ofJune = TrustAnchors.of(new RootBundle(roots(3), Optional.of(LocalDate.parse("2026-06-01"))));
        AnchorSource renewed = new RenewedAnchors(new AnchorFile(file), ofJune, log::add);
        write("# As of: 2026-05-31\n" + pem(3), NOW);
        renewed.at(NOW);
        assertTrue(log.getLast().endsWith("an older one than that which came with this program"), log::toString);

        write("# As of: 2026-06-01\n" + pem(3), NOW.plusSeconds(1));
        renewed.at(NOW.plus(LATER));
        assertTrue(log.getLast().endsWith("as of 2026-06-01"), log::toString);
    }

    @Test
    void withoutAFileTheBundledListHoldsUntilThereIsOne() throws IOException {
        assertSame(BUNDLED, anchors.at(NOW));
        write(pem(3), NOW);

        assertEquals(3, anchors.at(NOW.plus(LATER)).size());
    }

    @Test
    void whatIsTrustedBesidesIsAddedToEveryNewList() throws IOException {
        AnchorSource both = anchors.and(List.of(AUTHORITIES.get(3).root().certificate()));
        write(pem(3), NOW);
        TrustAnchors first = both.at(NOW);

        assertEquals(4, first.size());
        assertSame(first, both.at(NOW));
        write(pem(2), NOW.plusSeconds(1));
        assertEquals(3, both.at(NOW.plus(LATER)).size());
    }

    /** Other than a file: who takes a list away says that the one that came with the program is to count again. */
    @Test
    void whereThereIsNoListAnyMoreTheBundledOneCountsAgain() {
        AtomicReference<Optional<String>> version = new AtomicReference<>(Optional.empty());
        AnchorSource kept = new RenewedAnchors(new Kept(version), BUNDLED, log::add);
        assertSame(BUNDLED, kept.at(NOW));
        assertEquals(List.of(), log);

        version.set(Optional.of("first"));
        assertEquals(4, kept.at(NOW.plus(LATER)).size());
        version.set(Optional.empty());
        assertSame(BUNDLED, kept.at(NOW.plus(LATER.multipliedBy(2))));
        assertTrue(log.getLast().startsWith("The kept list is there no longer"), log::toString);
    }

    private record Kept(AtomicReference<Optional<String>> current) implements AnchorList {
        @Override
        public String title() {
            return "The kept list";
        }

        @Override
        public Optional<String> version() {
            return current.get();
        }

        @Override
        public RootBundle read(String version) {
            return RootBundle.parse(pem(4).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void write(String content, Instant modified) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private static String pem(int count) {
        return AUTHORITIES.stream()
                .limit(count)
                .map(CertificateAuthority::rootPem)
                .collect(Collectors.joining());
    }

    private static List<X509Certificate> roots(int count) {
        return AUTHORITIES.stream()
                .limit(count)
                .map(authority -> authority.root().certificate())
                .toList();
    }
}

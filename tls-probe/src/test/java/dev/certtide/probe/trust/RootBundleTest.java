package dev.certtide.probe.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.probe.path.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RootBundleTest {
    private static final RootBundle MOZILLA = RootBundle.mozilla();

    @Test
    void mozillasListIsTheOneThatItSaysToBe() {
        assertEquals(121, MOZILLA.certificates().size());
        assertEquals(Optional.of(LocalDate.parse("2026-08-18")), MOZILLA.asOf());
    }

    @Test
    void theRootsThatMostOfTheWebLeadsToAreThere() {
        Set<String> there = fingerprints(MOZILLA);

        assertTrue(there.contains("96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6"), "ISRG Root X1");
        assertTrue(there.contains("69729b8e15a86efc177a57afb7171dfc64add28c2fca8cf1507e34453ccb1470"), "ISRG Root X2");
        assertTrue(there.contains("cb3ccbb76031e5e0138f8dd39a23f9de47ffc35e43c1144cea27d46a5ab1cb5f"), "DigiCert G2");
        assertTrue(there.contains("349dfa4058c5e263123b398ae795573c4e1313c83fe68f93556cd5e8031b3c7d"), "GTS Root R4");
        assertTrue(there.contains("8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e"), "Amazon 1");
    }

    @Test
    void everyRootSignsItselfAndNoneHadEndedWhenTheListWasMade() {
        Instant made = Instant.parse("2026-08-18T00:00:00Z");

        for (var root : MOZILLA.certificates()) {
            assertTrue(Signatures.isSelfSigned(root), () -> root.getSubjectX500Principal() + "");
            assertTrue(root.getNotAfter().toInstant().isAfter(made), () -> root.getSubjectX500Principal() + "");
        }
    }

    @Test
    void aRootWithADateOfDistrustIsKnownAndARemovedOneHasADate() {
        DistrustDates dates = DistrustDates.published();
        Set<String> known = new HashSet<>(fingerprints(MOZILLA));
        Set<String> removed = fingerprints(RootBundle.distrusted());

        assertFalse(removed.stream().anyMatch(known::contains));
        known.addAll(removed);
        assertTrue(known.containsAll(dates.bySha256().keySet()));
        assertTrue(dates.bySha256().keySet().containsAll(removed));
    }

    @Test
    void ofTwoBrowsersDatesTheEarlierCounts() {
        DistrustDates.DistrustDate entrust = DistrustDates.published()
                .bySha256()
                .get("43df5774b03e7fef5fe40d931a7bedf1bb2e6b42738c4e6d3841103d3aa7f339");

        assertEquals(new DistrustDates.DistrustDate("Chrome", Instant.parse("2024-11-11T23:59:59Z")), entrust);
    }

    @Test
    void aListWithoutADayHasNoneAndNonsenseIsRefused() {
        assertEquals(
                List.of(Optional.empty(), Optional.empty()),
                Stream.of("", "# As of: 2026-13-45\n")
                        .map(header -> header + pemOf())
                        .map(pem -> RootBundle.parse(pem.getBytes(StandardCharsets.US_ASCII))
                                .asOf())
                        .toList());
        for (String nonsense : List.of("", "# nothing\n", "-----BEGIN CERTIFICATE-----\nAAAA\n", "\0\0")) {
            byte[] bytes = nonsense.getBytes(StandardCharsets.US_ASCII);
            assertThrows(IllegalArgumentException.class, () -> RootBundle.parse(bytes), nonsense);
        }
    }

    @Test
    void aLineSetsTheDateUpToWhichARootIsTrusted() {
        String root = DistrustDates.sha256(MOZILLA.certificates().getFirst());
        String pem = "# Distrust after: 2026-05-31T23:59:59Z " + root.toUpperCase(Locale.ROOT) + "\r\n" + pemOf();

        RootBundle bundle = RootBundle.parse(pem.getBytes(StandardCharsets.US_ASCII));

        assertEquals(
                Map.of(
                        root,
                        new DistrustDates.DistrustDate("Your list of roots", Instant.parse("2026-05-31T23:59:59Z"))),
                bundle.distrustDates().bySha256());
        assertEquals(bundle.distrustDates(), bundle.orAsOf(LocalDate.EPOCH).distrustDates());
    }

    /** Who sets a condition and is not understood must not find the root trusted without it. */
    @Test
    void aLineThatSetsADateAndIsNotUnderstoodSpoilsTheList() {
        String root = DistrustDates.sha256(MOZILLA.certificates().getFirst());
        String another = DistrustDates.sha256(MOZILLA.certificates().getLast());
        for (String condition : List.of(
                "", " ", " 2026-05-31T23:59:59Z", " 2026-05-31 " + root, " 2026-05-31T23:59:59Z " + another, root)) {
            byte[] pem = ("# Distrust after:" + condition + "\n" + pemOf()).getBytes(StandardCharsets.US_ASCII);

            assertThrows(IllegalArgumentException.class, () -> RootBundle.parse(pem), condition);
        }
    }

    private static String pemOf() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + java.util.Base64.getMimeEncoder()
                            .encodeToString(MOZILLA.certificates().getFirst().getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> fingerprints(RootBundle bundle) {
        return bundle.certificates().stream().map(DistrustDates::sha256).collect(Collectors.toSet());
    }
}

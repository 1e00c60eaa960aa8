package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.INVALID_CHAIN;
import static dev.certtide.model.FindingCode.NON_COMPLIANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.trust.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long certificates are valid, and whose. */
class LifetimeRulesTest {
    private static final Signer ROOT = Forge.root("Root").make();
    private static final LifetimeRules OF_PUBLIC_ROOTS = new LifetimeRules(root -> root.equals(ROOT.certificate()));
    private static final LifetimeRules OF_NO_ROOTS = new LifetimeRules(root -> false);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2020-08-31T23:59:59Z | 825 | []
            2020-09-01T00:00:00Z | 398 | []
            2020-09-01T00:00:00Z | 399 | [INVALID_CHAIN]
            2026-03-14T23:59:59Z | 398 | []
            2026-03-15T00:00:00Z | 200 | []
            2026-03-15T00:00:00Z | 201 | [NON_COMPLIANT]
            2026-03-15T00:00:00Z | 398 | [NON_COMPLIANT]
            2026-03-15T00:00:00Z | 399 | [INVALID_CHAIN]
            2027-03-14T23:59:59Z | 200 | []
            2027-03-15T00:00:00Z | 100 | []
            2027-03-15T00:00:00Z | 101 | [NON_COMPLIANT]
            2029-03-14T23:59:59Z | 100 | []
            2029-03-15T00:00:00Z | 47  | []
            2029-03-15T00:00:00Z | 48  | [NON_COMPLIANT]
            """)
    void aPublicAuthorityIsHeldToTheLimitOfTheDayAndAPrivateOneToNone(Instant issued, int days, String codes) {
        X509Certificate leaf = leaf(issued, Duration.ofDays(days).minusSeconds(1));

        assertEquals(codes, codesOf(OF_PUBLIC_ROOTS, leaf).toString());
        assertEquals(List.of(), codesOf(OF_NO_ROOTS, leaf));
    }

    /** RFC 5280, 4.1.2.5: from notBefore through notAfter, inclusive. */
    @Test
    void theLastSecondCounts() {
        Instant issued = Instant.parse("2026-04-01T00:00:00Z");

        Defect tooLong =
                defects(OF_PUBLIC_ROOTS, leaf(issued, Duration.ofDays(398))).getFirst();
        Defect longerThanAllowed =
                defects(OF_PUBLIC_ROOTS, leaf(issued, Duration.ofDays(200))).getFirst();

        assertEquals(INVALID_CHAIN, tooLong.code());
        assertTrue(tooLong.detail().contains("is valid for 399 days"), tooLong.detail());
        assertEquals(NON_COMPLIANT, longerThanAllowed.code());
        assertTrue(
                longerThanAllowed.detail().contains("is valid for 201 days, more than the 200"),
                longerThanAllowed.detail());
    }

    @Test
    void aRootThatBrowsersDoNotKnowIsPrivateWhateverListItIsOn() {
        X509Certificate leaf = leaf(Instant.parse("2026-04-01T00:00:00Z"), Duration.ofDays(900));

        assertEquals(
                List.of(),
                new Judge(TrustAnchors.of(List.of(ROOT.certificate())), ExpiryThresholds.STANDARD)
                        .judgeChain(Optional.empty(), List.of(leaf), Evidence.NONE, middleOf(leaf)));
    }

    private static List<String> codesOf(LifetimeRules rules, X509Certificate leaf) {
        return defects(rules, leaf).stream().map(defect -> defect.code().name()).toList();
    }

    private static List<Defect> defects(LifetimeRules rules, X509Certificate leaf) {
        return new Judge(TrustAnchors.of(List.of(ROOT.certificate())), ExpiryThresholds.STANDARD, rules)
                .judgeChain(Optional.empty(), List.of(leaf), Evidence.NONE, middleOf(leaf));
    }

    private static X509Certificate leaf(Instant notBefore, Duration until) {
        return Forge.leaf(ROOT)
                .lasting(until, Duration.between(Forge.NOW, notBefore.plus(until)))
                .certificate();
    }

    private static Instant middleOf(X509Certificate leaf) {
        Instant begin = leaf.getNotBefore().toInstant();
        return begin.plus(
                Duration.between(begin, leaf.getNotAfter().toInstant()).dividedBy(2));
    }
}

package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.CHAIN_OUT_OF_ORDER;
import static dev.certtide.model.FindingCode.INTERMEDIATE_EXPIRING;
import static dev.certtide.model.FindingCode.NON_COMPLIANT;
import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Verdicts.assertFinding;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.judge.Forge.Signer;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a chain that clients take, and what is no fault at all. */
class ToldChainTest {
    private static final Signer ROOT = Forge.root("Root").make();
    private static final Signer INTERMEDIATE =
            Forge.intermediate("Intermediate", ROOT).make();

    @ParameterizedTest
    @CsvSource({"40, OK", "20, WARNING", "5, CRITICAL"})
    void anIntermediateThatEndsBeforeTheLeafIsTold(int daysLeft, Status expected) {
        Signer ending = Forge.intermediate("Ending", ROOT)
                .lasting(Duration.ofDays(2_000), Duration.ofDays(daysLeft))
                .make();

        Verdict verdict = verdict(Forge.leaf(ending).certificate(), ending.certificate());

        assertEquals(expected, verdict.status());
        assertEquals(expected == Status.OK ? List.of() : List.of(INTERMEDIATE_EXPIRING), verdict.codes());
    }

    @Test
    void anIntermediateThatOutlastsTheLeafIsNotTold() {
        Signer ending = Forge.intermediate("Ending", ROOT)
                .lasting(Duration.ofDays(2_000), Duration.ofDays(25))
                .make();
        X509Certificate leaf = Forge.leaf(ending)
                .lasting(Duration.ofDays(47), Duration.ofDays(20))
                .certificate();

        assertEquals(List.of(), verdict(leaf, ending.certificate()).codes());
    }

    @Test
    void anIntermediateThatEndsDoesNotMatterBesideOneThatLasts() {
        Signer ending = Forge.intermediate("Renewed", ROOT)
                .lasting(Duration.ofDays(2_000), Duration.ofDays(5))
                .make();
        X509Certificate lasting = Forge.intermediate("Renewed", ROOT)
                .keys(new KeyPair(ending.certificate().getPublicKey(), ending.key()))
                .certificate();

        assertEquals(
                List.of(),
                verdict(Forge.leaf(ending).certificate(), ending.certificate(), lasting)
                        .codes());
    }

    @Test
    void aChainInTheWrongOrderIsAWarning() {
        Signer lower = Forge.intermediate("Lower", INTERMEDIATE).make();
        X509Certificate leaf = Forge.leaf(lower).certificate();

        assertEquals(
                List.of(),
                verdict(leaf, lower.certificate(), INTERMEDIATE.certificate()).codes());
        assertFinding(
                CHAIN_OUT_OF_ORDER,
                Status.WARNING,
                "wrong order",
                verdict(leaf, INTERMEDIATE.certificate(), lower.certificate()));
    }

    @Test
    void aRuleThatNoClientEnforcesIsToldAndLeavesTheVerdictAsItIs() {
        X509Certificate leaf = Forge.leaf(INTERMEDIATE)
                .names(List.of(
                        new GeneralName(GeneralName.dNSName, HOST),
                        new GeneralName(GeneralName.dNSName, "under_score.certtide.test")))
                .certificate();

        Verdict verdict = verdict(leaf, INTERMEDIATE.certificate());

        assertEquals(Status.OK, verdict.status());
        assertFinding(NON_COMPLIANT, Status.OK, "BR 7.1.2.7.12", verdict);
    }

    private static Verdict verdict(X509Certificate... chain) {
        return Verdicts.of(ROOT, Evidence.NONE, chain);
    }
}

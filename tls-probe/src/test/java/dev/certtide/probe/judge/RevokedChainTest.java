package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.NON_COMPLIANT;
import static dev.certtide.model.FindingCode.REVOKED;
import static dev.certtide.probe.judge.Forge.NOW;
import static dev.certtide.probe.judge.Verdicts.assertFinding;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.revocation.RevocationList;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What revocation lists say of a chain that is good otherwise. */
class RevokedChainTest {
    private static final Signer ROOT = Forge.root("Root").make();
    private static final Signer INTERMEDIATE =
            Forge.intermediate("Intermediate", ROOT).make();
    private final X509Certificate leaf = Forge.leaf(INTERMEDIATE).certificate();

    @Test
    void aRevokedServerCertificateIsCritical() {
        assertFinding(
                REVOKED,
                Status.CRITICAL,
                "was revoked on 2026-05-30 12:00 UTC (key compromise)",
                judgeWith(Forge.revocationList(INTERMEDIATE, NOW.plusSeconds(60), leaf)));
    }

    @Test
    void aRevokedIntermediateIsCritical() {
        assertFinding(
                REVOKED,
                Status.CRITICAL,
                "'Intermediate', above the server's own,",
                judgeWith(Forge.revocationList(ROOT, NOW.plusSeconds(60), INTERMEDIATE.certificate())));
    }

    @Test
    void aListWithoutTheCertificateSaysThatAllIsWell() {
        assertEquals(
                List.of(),
                judgeWith(Forge.revocationList(
                                INTERMEDIATE,
                                NOW.plusSeconds(60),
                                Forge.leaf(INTERMEDIATE).certificate()))
                        .codes());
    }

    @Test
    void aListThatIsOutOfDateOrOfAnotherIssuerSaysNothing() {
        Signer namesake = Forge.intermediate("Intermediate", ROOT).make();
        Signer stranger = Forge.root("Stranger").make();

        assertEquals(
                List.of(),
                judgeWith(Forge.revocationList(INTERMEDIATE, NOW.minusSeconds(1), leaf))
                        .codes());
        assertEquals(
                List.of(),
                judgeWith(Forge.revocationList(namesake, NOW.plusSeconds(60), leaf))
                        .codes());
        assertEquals(
                List.of(),
                judgeWith(Forge.revocationList(stranger, NOW.plusSeconds(60), leaf))
                        .codes());
    }

    @Test
    void ofARevokedCertificateNothingGoodIsSaidWhateverItsListLacks() {
        Verdict verdict = judgeWith(Forge.revocationListWithoutNumber(INTERMEDIATE, NOW.plusSeconds(60), leaf));

        assertFinding(REVOKED, Status.CRITICAL, "was revoked on", verdict);
    }

    @Test
    void aListWithoutANumberIsToldOfAGoodCertificate() {
        Verdict verdict = judgeWith(Forge.revocationListWithoutNumber(INTERMEDIATE, NOW.plusSeconds(60)));

        assertFinding(NON_COMPLIANT, Status.OK, "has no number", verdict);
    }

    private Verdict judgeWith(byte[] list) {
        return Verdicts.of(ROOT, Verdicts.lists(List.of(RevocationList.parse(list))), leaf, INTERMEDIATE.certificate());
    }
}

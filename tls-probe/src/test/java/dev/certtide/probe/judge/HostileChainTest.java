package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.INVALID_CHAIN;
import static dev.certtide.model.FindingCode.REVOKED;
import static dev.certtide.model.FindingCode.UNTRUSTED_ROOT;
import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.certtide.model.FindingCode;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.revocation.RevocationList;
import dev.certtide.probe.trust.TrustAnchors;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

/** Chains made to cost CPU. What a server sends must not keep a core busy for more than a moment. */
class HostileChainTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(3);
    private static final Signer ROOT = Forge.root("Root").make();

    @Test
    void fiftyAuthoritiesOfOneNameThatAllCertifyEachOtherCostLittle() {
        Signer first = Forge.root("Hydra").keys(Forge.newKeys("EC", 384)).make();
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(Forge.leaf(first).certificate());
        for (int i = 0; i < 50; i++) {
            // The same name and key again and again, each signed by it: every order of them is a path.
            chain.add(Forge.intermediate("Hydra", first)
                    .keys(new KeyPair(first.certificate().getPublicKey(), first.key()))
                    .certificate());
        }

        assertEquals(List.of(UNTRUSTED_ROOT), codes(chain));
    }

    @Test
    void fiftyKeysOfOneNameCostLittleToo() {
        List<Signer> heads = IntStream.range(0, 50)
                .mapToObj(
                        i -> Forge.root("Hydra").keys(Forge.newKeys("EC", 384)).make())
                .toList();
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(Forge.leaf(heads.getFirst()).certificate());
        for (int i = 0; i < 50; i++) {
            chain.add(Forge.intermediate("Hydra", heads.get((i + 1) % 50))
                    .keys(new KeyPair(
                            heads.get(i).certificate().getPublicKey(),
                            heads.get(i).key()))
                    .certificate());
        }

        assertTimeout(A_MOMENT, () -> judge(chain));
    }

    @Test
    void tenThousandNamesUnderAThousandConstraintsCostLittle() {
        Signer constrained = Forge.intermediate("Constrained", ROOT)
                .with("2.5.29.30", true, new NameConstraints(null, excluded(1_000)))
                .make();

        assertEquals(
                List.of(INVALID_CHAIN), codes(List.of(leafOfNames(10_000, constrained), constrained.certificate())));
    }

    @Test
    void theSameConstraintsOnManyPathsCostLittle() {
        Signer constrained = Forge.intermediate("Constrained", ROOT)
                .with("2.5.29.30", true, new NameConstraints(null, excluded(1_000)))
                .make();
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(leafOfNames(240, constrained));
        for (int i = 0; i < 20; i++) {
            chain.add(Forge.intermediate("Constrained", ROOT)
                    .keys(new KeyPair(constrained.certificate().getPublicKey(), constrained.key()))
                    .with("2.5.29.30", true, new NameConstraints(null, excluded(1_000)))
                    .certificate());
        }

        assertEquals(List.of(), codes(chain));
    }

    @Test
    void aListOfAHundredThousandRevocationsCostsLittle() {
        Signer intermediate = Forge.intermediate("Intermediate", ROOT).make();
        List<X509Certificate> chain = List.of(Forge.leaf(intermediate).certificate(), intermediate.certificate());
        byte[] der = Forge.longRevocationList(intermediate, 100_000, chain.getFirst());

        List<FindingCode> codes = assertTimeout(Duration.ofSeconds(1), () -> new Judge(
                        TrustAnchors.of(List.of(ROOT.certificate())), ExpiryThresholds.STANDARD)
                .judgeChain(Optional.of(HOST), chain, Verdicts.lists(List.of(RevocationList.parse(der))), NOW).stream()
                        .map(Defect::code)
                        .toList());

        assertEquals(List.of(REVOKED), codes);
    }

    @Test
    void tenThousandNamesByThemselvesAreNoFault() {
        Signer intermediate = Forge.intermediate("Intermediate", ROOT).make();

        assertEquals(List.of(), codes(List.of(leafOfNames(10_000, intermediate), intermediate.certificate())));
    }

    private static X509Certificate leafOfNames(int number, Signer issuer) {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.dNSName, HOST));
        for (int i = 0; i < number; i++) {
            names.add(new GeneralName(GeneralName.dNSName, "h" + i + ".certtide.test"));
        }
        return Forge.leaf(issuer).names(names).certificate();
    }

    private static GeneralSubtree[] excluded(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, "x" + i + ".test")))
                .toArray(GeneralSubtree[]::new);
    }

    private static List<FindingCode> codes(List<X509Certificate> chain) {
        return assertTimeout(A_MOMENT, () -> judge(chain));
    }

    private static List<FindingCode> judge(List<X509Certificate> chain) {
        return new Judge(TrustAnchors.of(List.of(ROOT.certificate())), ExpiryThresholds.STANDARD)
                .judgeChain(Optional.of(HOST), chain, Evidence.NONE, NOW).stream()
                        .map(Defect::code)
                        .toList();
    }
}

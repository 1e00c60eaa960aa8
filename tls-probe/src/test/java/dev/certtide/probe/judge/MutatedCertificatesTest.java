package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.revocation.RevocationCheck;
import dev.certtide.probe.revocation.RevocationList;
import dev.certtide.probe.trust.TrustAnchors;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;

/** Bytes flipped at random in everything that is parsed: there may be findings, never an exception. */
class MutatedCertificatesTest {
    private static final int ROUNDS = 1_000;
    private static final Signer ROOT = Forge.root("Root").make();
    private static final Signer INTERMEDIATE = Forge.intermediate("Intermediate", ROOT)
            .with("2.5.29.30", true, new NameConstraints(new GeneralSubtree[] {subtree()}, new GeneralSubtree[] {
                subtree()
            }))
            .with("2.5.29.36", false, new PolicyConstraints(BigInteger.ONE, BigInteger.ZERO))
            .with("2.5.29.32", false, policies())
            .make();
    private static final X509Certificate LEAF = Forge.leaf(INTERMEDIATE)
            .with("2.5.29.32", false, policies())
            .with("2.5.29.31", false, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(
                        new DistributionPointName(new GeneralNames(
                                new GeneralName(GeneralName.uniformResourceIdentifier, "http://crl.test/"))),
                        null,
                        null)
            }))
            .certificate();

    private final Random random = new Random(20_260_601);

    @Test
    void certificates() throws Exception {
        RevocationList list = RevocationList.parse(Forge.revocationList(INTERMEDIATE, NOW.plusSeconds(60), LEAF));
        int judged = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = mutated((i % 2 == 0 ? LEAF : INTERMEDIATE.certificate()).getEncoded());
            X509Certificate certificate;
            try {
                certificate = Corpora.certificate(bytes);
            } catch (CertificateException e) {
                continue; // The JDK's parser saw it.
            }
            judged++;
            Path path = i % 2 == 0
                    ? new Path(List.of(certificate, INTERMEDIATE.certificate()), ROOT.certificate())
                    : new Path(List.of(LEAF, certificate), ROOT.certificate());
            try {
                // As a path, for a search would stop at the broken signature.
                List<Breach> ofLeaf = ComplianceRules.breachesOfLeaf(path.leaf());
                JudgedPath.of(path, path.certificates(), ofLeaf, NOW, new Signatures());
                new RevocationCheck(List.of(list), path.certificates(), NOW, new Signatures()).of(path);
                new Judge(TrustAnchors.of(List.of(ROOT.certificate())), ExpiryThresholds.STANDARD)
                        .judgeChain(Optional.of(HOST), path.certificates(), Verdicts.lists(List.of(list)), NOW);
            } catch (RuntimeException e) {
                fail(HexFormat.of().formatHex(bytes), e);
            }
        }
        assertTrue(judged > ROUNDS / 20, "only " + judged + " mutants got past the JDK's parser");
    }

    @Test
    void revocationLists() {
        byte[] list = Forge.revocationList(INTERMEDIATE, NOW.plusSeconds(60), LEAF);
        for (int i = 0; i < 20 * ROUNDS; i++) {
            byte[] bytes = mutated(list);
            try {
                RevocationList mutant = RevocationList.parse(bytes);
                mutant.find(LEAF.getSerialNumber(), LEAF.getIssuerX500Principal());
            } catch (MalformedDerException e) {
                continue;
            } catch (RuntimeException e) {
                fail(HexFormat.of().formatHex(bytes), e);
            }
        }
    }

    private byte[] mutated(byte[] original) {
        byte[] bytes = original.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static GeneralSubtree subtree() {
        return new GeneralSubtree(new GeneralName(GeneralName.dNSName, "certtide.test"));
    }

    private static CertificatePolicies policies() {
        return new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier("2.23.140.1.2.1")));
    }
}

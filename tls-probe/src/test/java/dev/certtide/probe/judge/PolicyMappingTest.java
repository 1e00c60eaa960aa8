package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.INVALID_CHAIN;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.PathValidator;
import dev.certtide.probe.path.PolicyInputs;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.path.Violation;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CertPolicyId;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyMappings;
import org.junit.jupiter.api.Test;

/** Where a policy of one authority stands for one of another (RFC 5280, 4.2.1.5). */
class PolicyMappingTest {
    private static final String OURS = "1.3.6.1.4.1.55738.1";
    private static final String THEIRS = "1.3.6.1.4.1.55738.2";
    private static final String ANOTHER = "1.3.6.1.4.1.55738.3";
    private static final Signer ROOT = Forge.root("Root").make();

    /** Whoever is certified by it needs a policy (requireExplicitPolicy), and theirs stands for ours. */
    private static final Signer MAPPING = Forge.intermediate("Mapping", ROOT)
            .with(Extension.certificatePolicies.getId(), false, policies(OURS))
            .with(Extension.policyMappings.getId(), true, new PolicyMappings(id(OURS), id(THEIRS)))
            .with(Extension.policyConstraints.getId(), true, new PolicyConstraints(BigInteger.ZERO, null))
            .make();

    @Test
    void aPolicyThatStandsForOneThatIsAskedForWillDo() {
        assertEquals(List.of(), verdict(leaf(THEIRS)).codes());
        assertEquals(List.of(), violations(leaf(THEIRS), asking(OURS, false)));
    }

    @Test
    void theMappedPolicyItselfAndAnyOtherWillNot() {
        for (String policy : List.of(OURS, ANOTHER)) {
            Verdict verdict = verdict(leaf(policy));

            assertEquals(Status.CRITICAL, verdict.status());
            assertEquals(Set.of(INVALID_CHAIN), Set.copyOf(verdict.codes()));
            assertTrue(
                    verdict.findings().getFirst().detail().contains("has no policy in common with the path"),
                    () -> verdict.findings().toString());
        }
    }

    @Test
    void whoWantsTheirsByItsOwnNameOrNoMappingsAtAllDoesNotGetIt() {
        assertNotEquals(List.of(), violations(leaf(THEIRS), asking(THEIRS, false)));
        assertNotEquals(List.of(), violations(leaf(THEIRS), asking(OURS, true)));
    }

    private static PolicyInputs asking(String policy, boolean inhibitsMapping) {
        return new PolicyInputs(Set.of(policy), true, inhibitsMapping, false);
    }

    private static List<Violation> violations(X509Certificate leaf, PolicyInputs inputs) {
        return PathValidator.violations(
                new Path(List.of(leaf, MAPPING.certificate()), ROOT.certificate()),
                NOW,
                PathValidator.Anchor.CERTIFICATE,
                inputs,
                new Signatures());
    }

    private static Verdict verdict(X509Certificate leaf) {
        return Verdicts.of(ROOT, Evidence.NONE, leaf, MAPPING.certificate());
    }

    private static X509Certificate leaf(String policy) {
        return Forge.leaf(MAPPING)
                .with(Extension.certificatePolicies.getId(), false, policies(policy))
                .certificate();
    }

    private static CertificatePolicies policies(String oid) {
        return new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier(oid)));
    }

    private static CertPolicyId id(String oid) {
        return CertPolicyId.getInstance(new ASN1ObjectIdentifier(oid));
    }
}

package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.Identity;
import dev.certtide.farm.Offer;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.UnusedPort;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Protocol;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain is kept though a certificate in it cannot be read, by whichever engine and version. */
class UnreadableCertificatesTest extends FarmChecks {
    private static final String NAME = "garbled.certtide.test";

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aStrayThatCannotBeReadLeavesTheOthersWhereTheyAre(String version) {
        Identity good = farm.issue(NAME, Duration.ofDays(-5));
        CheckResult result =
                check(good.sendingBelow(farm.garbled(good.leaf()), good.chain().get(1)), version);

        assertEquals(
                List.of(FindingCode.EXPIRED, FindingCode.INVALID_CHAIN),
                result.verdict().codes());
        assertEquals(Status.WARNING, result.findings().get(1).severity());
        assertTrue(
                result.findings()
                        .get(1)
                        .detail()
                        .startsWith("Of the certificates that the server sends, number 2 cannot be read ("),
                result.findings()::toString);
        assertEquals("handshake-complete", result.addresses().getFirst().ending());
        assertEquals(2, result.addresses().getFirst().chain().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void anIntermediateThatCannotBeReadIsAMissingOne(String version) {
        Identity good = farm.issue(NAME, Duration.ofDays(60));
        CheckResult result = check(good.sendingBelow(farm.garbled(good.chain().get(1))), version);

        assertEquals(
                List.of(FindingCode.INCOMPLETE_CHAIN, FindingCode.INVALID_CHAIN),
                result.verdict().codes());
        assertEquals(Status.CRITICAL, result.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2", "TLSv1"})
    void aLeafThatCannotBeReadIsNotAMissingOne(String version) {
        Identity good = farm.issue(NAME, Duration.ofDays(60));
        CheckResult result = check(
                good.sending(List.of(farm.garbled(good.leaf()), good.chain().get(1))), version);

        Finding finding = result.findings().getFirst();
        assertEquals(List.of(FindingCode.INVALID_CHAIN), result.verdict().codes());
        assertEquals(Status.CRITICAL, finding.severity());
        assertTrue(
                finding.detail().startsWith("The certificate that the server shows on port ")
                        && finding.detail().contains(" cannot be read ("),
                finding::detail);
        assertEquals("invalid-chain", result.addresses().getFirst().ending());
        assertEquals(List.of(), result.addresses().getFirst().chain());
    }

    @Test
    void anAddressThatIsDownBesideOneWithSuchALeafIsAsBad() {
        Identity good = farm.issue(NAME, Duration.ofDays(60));
        try (TlsServer up = TlsServer.start(good.sending(List.of(farm.garbled(good.leaf()))));
                UnusedPort down = UnusedPort.reserve(ip("127.0.0.2"), up.port())) {
            CheckResult result = farmChecker(any -> List.of(ip("127.0.0.1"), ip("127.0.0.2")))
                    .build()
                    .check(new Target(Protocol.HTTPS, NAME, down.port()), NOW);

            assertEquals(
                    List.of(FindingCode.INVALID_CHAIN, FindingCode.CONNECTION_REFUSED),
                    result.verdict().codes());
            assertEquals(Status.CRITICAL, result.status());
        }
    }

    private CheckResult check(Identity identity, String version) {
        try (TlsServer server = TlsServer.start(identity, Offer.protocols(version))) {
            return farmChecker(any -> List.of(ip("127.0.0.1")))
                    .build()
                    .check(new Target(Protocol.HTTPS, NAME, server.port()), NOW);
        }
    }
}

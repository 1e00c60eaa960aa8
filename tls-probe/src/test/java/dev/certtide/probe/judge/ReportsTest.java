package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Issuer;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.json.Json;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Validity VALIDITY =
            new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-03-31T23:59:59Z"));

    @Test
    void aReportStaysSmallWhateverIsSent() {
        String longLabels = ("x".repeat(60) + ".").repeat(3);
        List<String> names = IntStream.range(0, 5_000)
                .mapToObj(i -> longLabels + i + ".test")
                .toList();
        X509Certificate huge = Issuer.selfSigned(new LeafRequest("y".repeat(30_000), names, VALIDITY))
                .leaf();

        AddressReport report = Reports.of(facts(new Ending.Refused("z".repeat(9_000)), Collections.nCopies(50, huge)));

        assertTrue(report.toString().length() < 60_000, () -> report.toString().length() + " characters");
        CertificateReport leaf = report.chain().getFirst();
        assertEquals(5_000, leaf.names().size() + leaf.omittedNames());
    }

    @Test
    void theReportsOfManyAddressesFitIntoAMessage() {
        List<String> names = IntStream.range(0, 100)
                .mapToObj(i -> "%s.%02d.test".formatted("n".repeat(30), i))
                .toList();
        X509Certificate huge = Issuer.selfSigned(new LeafRequest("漢".repeat(3_000), names, VALIDITY))
                .leaf();
        AddressFacts full = facts(new Ending.Refused("字".repeat(9_000)), Collections.nCopies(50, huge));

        List<AddressReport> reports = Reports.of(Collections.nCopies(8, full));

        CheckResult result = new CheckResult(
                Target.parse("https://a.test"), VALIDITY.notBefore(), new Verdict(Status.OK, List.of()), reports);
        int bytes = Json.write(result).getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < 150_000, () -> bytes + " bytes");
        for (AddressReport report : reports) {
            CertificateReport leaf = report.chain().getFirst();
            assertEquals(names.subList(0, leaf.names().size()), leaf.names());
            assertEquals(100, leaf.names().size() + leaf.omittedNames());
        }
    }

    @Test
    void eightAddressesOfAnOrdinaryHostAreToldInFull() {
        List<String> names = IntStream.range(0, 100)
                .mapToObj(i -> "www%02d.test".formatted(i))
                .toList();
        X509Certificate leaf =
                Issuer.selfSigned(new LeafRequest("a.test", names, VALIDITY)).leaf();
        X509Certificate authority = CertificateAuthority.create("An authority", VALIDITY.notBefore())
                .root()
                .certificate();
        AddressFacts ordinary =
                facts(new Ending.Completed("TLSv1.3", "TLS_SUITE"), List.of(leaf, authority, authority, authority));

        List<AddressReport> reports = Reports.of(Collections.nCopies(8, ordinary));

        assertTrue(Collections.nCopies(8, Reports.of(ordinary)).equals(reports));
        assertEquals(4, reports.getFirst().chain().size());
    }

    @Test
    void theKeyAndThePurposesAreTold() throws Exception {
        X509Certificate leaf =
                Issuer.selfSigned(LeafRequest.forName("a.test", VALIDITY)).leaf();

        CertificateReport report = Reports.of(leaf);

        assertEquals(Optional.of(Fingerprint.of(leaf.getPublicKey().getEncoded())), report.publicKeySha256());
        assertEquals(
                Optional.ofNullable(leaf.getExtendedKeyUsage()).map(purposes -> List.of("serverAuth")),
                report.purposes());
    }

    @Test
    void anIpv6AddressIsInBrackets() {
        AddressFacts facts = new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 443),
                new Ending.NoRoute("Network is unreachable"),
                List.of(),
                Duration.ofMillis(7));

        AddressReport report = Reports.of(facts);

        assertEquals("[2001:db8::1]:443", report.address());
        assertEquals("connection-refused", report.ending());
        assertEquals(Optional.of("Network is unreachable"), report.error());
        assertEquals(7, report.millis());
    }

    @Test
    void aCompletedHandshakeTellsWhatWasNegotiated() {
        AddressReport report = Reports.of(facts(new Ending.Completed("TLSv1.2", "TLS_SUITE"), List.of()));

        assertEquals("handshake-complete", report.ending());
        assertEquals(Optional.of("TLSv1.2"), report.protocol());
        assertEquals(Optional.of("TLS_SUITE"), report.cipherSuite());
        assertEquals(Optional.empty(), report.error());
    }

    @Test
    void whatElseTheHandshakeShowedIsTold() {
        AddressFacts facts = new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443),
                new Ending.Completed("TLSv1.3", "TLS_SUITE"),
                List.of(),
                Duration.ofMillis(7),
                new HandshakeFacts(
                        Optional.empty(),
                        Optional.of("h2"),
                        Optional.of(ByteBuffer.wrap(new byte[] {0x30, 0})),
                        true,
                        OptionalInt.empty()));

        AddressReport report = Reports.of(facts);

        assertEquals(Optional.of("h2"), report.applicationProtocol());
        assertTrue(report.ocspStapled());
        assertTrue(report.clientCertificateRequested());
        assertFalse(report.embeddedScts());
    }

    private static AddressFacts facts(Ending ending, List<X509Certificate> chain) {
        return new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443), ending, chain, Duration.ofMillis(7));
    }
}

package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.farm.BareTlsServer;
import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import dev.certtide.model.Protocol;
import dev.certtide.model.SctReport;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.TlsChecker;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.transparency.SignedTimestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;

/** Timestamps of Certificate Transparency logs, as certificates and OCSP responses carry them. */
class TimestampsTest {
    private static final Signer ROOT = Forge.root("Root").make();
    private static final byte[] TWO = list(timestamp(0, 1), timestamp(0, 2));

    @Test
    void thoseInACertificateAreReadWithLogAndDate() throws Exception {
        List<SignedTimestamp> timestamps =
                facts(leafWith(TWO), Optional.empty()).embeddedTimestamps();

        byte[] log = new byte[32];
        Arrays.fill(log, (byte) 1);
        assertEquals(2, timestamps.size());
        assertEquals(new SignedTimestamp(Base64.getEncoder().encodeToString(log), NOW), timestamps.getFirst());
    }

    @Test
    void thoseInAStapledResponseAreCountedApart() throws Exception {
        X509Certificate leaf = leafWith(TWO);

        var report = Reports.of(facts(leaf, Optional.of(response(leaf, list(timestamp(0, 3))))));

        assertEquals(Optional.of(new SctReport(2, 1)), report.scts());
    }

    @Test
    void thoseThatAServerStaplesAreToldOfItsAddress() throws Exception {
        Validity validity = Validity.withLeft(NOW, Duration.ofDays(90), Duration.ofDays(60));
        Identity identity = CertificateAuthority.create("Farm", NOW).issue(LeafRequest.forName(HOST, validity));
        X509Certificate leaf = identity.chain().getFirst();
        ByteBuffer staple = ByteBuffer.wrap(response(leaf, TWO));
        try (var server = BareTlsServer.start(identity, new BareTlsServer.Extras(Optional.of(staple), List.of()))) {
            TlsChecker checker = TlsChecker.builder()
                    .guard(AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL))
                    .resolver(name -> List.of(InetAddress.ofLiteral("127.0.0.1")))
                    .build();

            var result = checker.check(new Target(Protocol.HTTPS, HOST, server.port()), InstantSource.fixed(NOW));

            assertEquals(
                    Optional.of(new SctReport(0, 2)),
                    result.addresses().getFirst().scts());
        }
    }

    @Test
    void thoseOfAVersionThatNobodyKnowsAreLeftOut() throws Exception {
        assertEquals(
                1,
                facts(leafWith(list(timestamp(0, 1), timestamp(7, 2))), Optional.empty())
                        .embeddedTimestamps()
                        .size());
    }

    @Test
    void aListThatCannotBeReadIsNone() throws Exception {
        for (byte[] broken : List.of(new byte[0], new byte[] {0, 9, 1}, new byte[] {0, 3, 0, 5, 0}, new byte[40])) {
            X509Certificate leaf = leafWith(broken);
            assertEquals(List.of(), facts(leaf, Optional.empty()).embeddedTimestamps());
            assertEquals(
                    List.of(), facts(leaf, Optional.of(response(leaf, broken))).stapledTimestamps());
        }
        assertEquals(
                List.of(),
                facts(Forge.leaf(ROOT).certificate(), Optional.of(new byte[] {1, 2, 3}))
                        .stapledTimestamps());
    }

    @Test
    void aListWithoutEndIsRefused() {
        byte[][] many = new byte[33][];
        Arrays.fill(many, timestamp(0, 1));

        assertThrows(MalformedDerException.class, () -> SignedTimestamp.listed(list(many)));
    }

    private static X509Certificate leafWith(byte[] list) {
        return Forge.leaf(ROOT)
                .with(SignedTimestamp.EMBEDDED, false, new DEROctetString(list))
                .certificate();
    }

    /** RFC 6962, 3.2, with a signature that nobody looks at. */
    private static byte[] timestamp(int version, int log) {
        byte[] id = new byte[32];
        Arrays.fill(id, (byte) log);
        return ByteBuffer.allocate(47)
                .put((byte) version)
                .put(id)
                .putLong(NOW.toEpochMilli())
                .array();
    }

    private static byte[] list(byte[]... timestamps) {
        int length = Arrays.stream(timestamps).mapToInt(one -> 2 + one.length).sum();
        ByteBuffer list = ByteBuffer.allocate(2 + length).putShort((short) length);
        for (byte[] one : timestamps) {
            list.putShort((short) one.length).put(one);
        }
        return list.array();
    }

    private static byte[] response(X509Certificate leaf, byte[] list) throws Exception {
        X509CertificateHolder issuer = new JcaX509CertificateHolder(ROOT.certificate());
        var digest = new JcaDigestCalculatorProviderBuilder()
                .build()
                .get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1));
        var extension = new Extension(
                new ASN1ObjectIdentifier(SignedTimestamp.IN_RESPONSE), false, new DEROctetString(list).getEncoded());
        var builder = new BasicOCSPRespBuilder(new RespID(issuer.getSubject()))
                .addResponse(
                        new CertificateID(digest, issuer, leaf.getSerialNumber()),
                        CertificateStatus.GOOD,
                        Date.from(NOW),
                        Date.from(NOW.plusSeconds(86_400)),
                        new Extensions(extension));
        var signed = builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(ROOT.key()),
                new X509CertificateHolder[0],
                Date.from(NOW));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, signed).getEncoded();
    }

    private static AddressFacts facts(X509Certificate leaf, Optional<byte[]> staple) {
        return new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                List.of(leaf),
                Duration.ofMillis(12),
                new HandshakeFacts(
                        Optional.empty(), Optional.empty(), staple.map(ByteBuffer::wrap), false, OptionalInt.empty()));
    }
}

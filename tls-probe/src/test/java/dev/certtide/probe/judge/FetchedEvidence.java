package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.HOST;
import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Finding;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.model.history.Known;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.fetch.LocalWeb;
import dev.certtide.probe.fetch.WebEvidence;
import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.trust.TrustAnchors;
import dev.certtide.probe.visit.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.AfterEach;

/** A server on loopback that has what certificates refer to, and checks of a chain that refers to it. */
abstract class FetchedEvidence {
    static final Duration WEEK = Duration.ofDays(7);
    static final Signer ROOT = Forge.root("Root").make();
    static final AddressGuard LOOPBACK =
            AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL);

    final LocalWeb web = LocalWeb.start();
    final WebEvidence evidence = WebEvidence.guarded(Resolver.system(), LOOPBACK);
    final Signer intermediate = pointing(Forge.intermediate("Intermediate", ROOT), "/root.der", "/root.crl")
            .make();
    final X509Certificate leaf = pointing(Forge.leaf(intermediate), "/intermediate.der", "/leaves.crl")
            .certificate();

    @AfterEach
    void stop() {
        web.close();
    }

    Forge pointing(Forge forge, String issuer, String list) {
        return forge.with(
                        Extension.authorityInfoAccess.getId(),
                        false,
                        new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, uri(issuer)))
                .with(Extension.cRLDistributionPoints.getId(), false, new CRLDistPoint(new DistributionPoint[] {
                    new DistributionPoint(new DistributionPointName(new GeneralNames(uri(list))), null, null)
                }));
    }

    GeneralName uri(String path) {
        return new GeneralName(
                GeneralName.uniformResourceIdentifier, web.at(path).toString());
    }

    List<Finding> check(X509Certificate... sent) {
        return findings(gather(evidence, sent), sent);
    }

    static Evidence gather(WebEvidence from, X509Certificate... sent) {
        return from.gather(facts(sent), anchors(), NOW, inTenSeconds());
    }

    static List<Finding> findings(Evidence gathered, X509Certificate... sent) {
        return new Judge(anchors(), ExpiryThresholds.STANDARD)
                .judge(target(), facts(sent), gathered, Known.NOTHING, NOW)
                .findings();
    }

    static <T> T only(List<T> all) throws GeneralSecurityException {
        assertEquals(1, all.size(), all::toString);
        return all.getFirst();
    }

    static TrustAnchors anchors() {
        return TrustAnchors.of(List.of(ROOT.certificate()));
    }

    static HostFacts facts(X509Certificate... sent) {
        return new HostFacts.Visited(List.of(new AddressFacts(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                List.of(sent),
                Duration.ofMillis(1))));
    }

    static Target target() {
        return new Target(Protocol.HTTPS, HOST, 443);
    }

    static long inTenSeconds() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    }
}

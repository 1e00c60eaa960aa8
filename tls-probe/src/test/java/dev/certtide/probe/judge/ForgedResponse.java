package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.NOW;

import dev.certtide.probe.judge.Forge.Signer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** What an OCSP response says; a test changes the part that it is about. */
class ForgedResponse {
    X509Certificate about;
    X509Certificate issuer;
    Signer signer;
    Optional<X509Certificate> enclosed = Optional.empty();
    CertificateStatus status = CertificateStatus.GOOD;
    AlgorithmIdentifier digest = CertificateID.HASH_SHA1;
    Instant thisUpdate = NOW.minus(Duration.ofDays(1));
    Instant nextUpdate = NOW.plus(Duration.ofDays(6));

    ForgedResponse(X509Certificate about, Signer issuer) {
        this.about = about;
        this.issuer = issuer.certificate();
        this.signer = issuer;
    }

    byte[] make() throws Exception {
        DigestCalculator calculator =
                new JcaDigestCalculatorProviderBuilder().build().get(digest);
        var builder =
                new BasicOCSPRespBuilder(new RespID(new JcaX509CertificateHolder(signer.certificate()).getSubject()));
        builder.addResponse(
                new CertificateID(calculator, new JcaX509CertificateHolder(issuer), about.getSerialNumber()),
                status,
                Date.from(thisUpdate),
                Date.from(nextUpdate),
                null);
        X509CertificateHolder[] chain = enclosed.isPresent()
                ? new X509CertificateHolder[] {new JcaX509CertificateHolder(enclosed.get())}
                : null;
        return new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        builder.build(
                                new JcaContentSignerBuilder(Forge.signatureBy(signer.key())).build(signer.key()),
                                chain,
                                Date.from(thisUpdate)))
                .getEncoded();
    }
}

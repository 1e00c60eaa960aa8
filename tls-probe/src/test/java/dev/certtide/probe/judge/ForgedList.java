package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.NOW;

import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.revocation.RevocationList;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Revocation lists of all the kinds that RFC 5280 has; every part has a sound default. */
final class ForgedList {
    private static final Date SINCE = Date.from(NOW.minus(Duration.ofDays(2)));

    private final Signer issuer;
    private Instant nextUpdate = NOW.plus(Duration.ofDays(7));
    private long number = 10;
    private Consumer<X509v2CRLBuilder> more = builder -> {};

    private ForgedList(Signer issuer) {
        this.issuer = issuer;
    }

    static ForgedList of(Signer issuer) {
        return new ForgedList(issuer);
    }

    /** Only what has changed since the list of that number. */
    ForgedList since(long base) {
        return with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(base)));
    }

    ForgedList number(long value) {
        number = value;
        return this;
    }

    ForgedList until(Instant value) {
        nextUpdate = value;
        return this;
    }

    /** @param reason of {@link CRLReason} */
    ForgedList revoking(X509Certificate certificate, int reason) {
        return revoking(certificate, reason, Optional.empty());
    }

    /** The same, of another authority than the list's. */
    ForgedList revoking(X509Certificate certificate, int reason, X509Certificate authority) {
        return revoking(certificate, reason, Optional.of(authority));
    }

    private ForgedList revoking(X509Certificate certificate, int reason, Optional<X509Certificate> authority) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(Extension.reasonCode, false, CRLReason.lookup(reason));
            if (authority.isPresent()) {
                extensions.addExtension(
                        Extension.certificateIssuer,
                        true,
                        new GeneralNames(new GeneralName(X500Name.getInstance(
                                authority.get().getSubjectX500Principal().getEncoded()))));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the entry cannot be made", e);
        }
        more = more.andThen(list -> list.addCRLEntry(certificate.getSerialNumber(), SINCE, extensions.generate()));
        return this;
    }

    ForgedList with(ASN1ObjectIdentifier oid, boolean isCritical, ASN1Encodable value) {
        more = more.andThen(list -> {
            try {
                list.addExtension(oid, isCritical, value);
            } catch (CertIOException e) {
                throw new IllegalStateException("no such extension: " + oid, e);
            }
        });
        return this;
    }

    /** What it is for: one part of an authority's certificates, (RFC 5280, 5.2.5). */
    ForgedList scope(IssuingDistributionPoint scope) {
        return with(Extension.issuingDistributionPoint, true, scope);
    }

    static IssuingDistributionPoint point(String uri) {
        return new IssuingDistributionPoint(
                new DistributionPointName(
                        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri))),
                false,
                false,
                null,
                false,
                false);
    }

    /** @param flags of {@link ReasonFlags} */
    static IssuingDistributionPoint reasons(int flags) {
        return new IssuingDistributionPoint(null, false, false, new ReasonFlags(flags), false, false);
    }

    static IssuingDistributionPoint leaves() {
        return new IssuingDistributionPoint(null, true, false, null, false, false);
    }

    static IssuingDistributionPoint authorities() {
        return new IssuingDistributionPoint(null, false, true, null, false, false);
    }

    static IssuingDistributionPoint indirect() {
        return new IssuingDistributionPoint(null, false, false, null, true, false);
    }

    byte[] make() {
        X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                issuer.certificate().getSubjectX500Principal(), Date.from(NOW.minus(Duration.ofDays(1))));
        builder.setNextUpdate(Date.from(nextUpdate));
        with(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
        more.accept(builder);
        try {
            return builder.build(new JcaContentSignerBuilder(Forge.signatureBy(issuer.key())).build(issuer.key()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("the revocation list cannot be made", e);
        }
    }

    RevocationList read() {
        return RevocationList.parse(make());
    }
}

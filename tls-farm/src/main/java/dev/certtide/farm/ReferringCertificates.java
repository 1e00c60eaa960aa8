package dev.certtide.farm;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Certificates that refer to what their authority publishes, and what it publishes. */
final class ReferringCertificates {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final ASN1ObjectIdentifier TLS_FEATURE = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24");
    private static final int STATUS_REQUEST = 5;

    private final Issuer root;
    private final Issuer intermediate;
    private final CaRepository repository;
    private final Instant now;

    ReferringCertificates(CertificateAuthority authority, CaRepository repository, Instant now) {
        this.root = authority.root();
        this.intermediate = authority.intermediate();
        this.repository = repository;
        this.now = now;
    }

    /** What a host of this kind shows, made of a good identity of that name. */
    Identity of(HostKind kind, Identity good) {
        return switch (kind) {
            case REVOKED -> publishingList(kind, true, now.plus(WEEK), referring(kind, intermediate, good));
            case NOT_REVOKED -> publishingList(kind, false, now.plus(WEEK), referring(kind, intermediate, good));
            case REVOCATION_LIST_OUT_OF_DATE ->
                publishingList(kind, false, now.minus(Duration.ofDays(1)), referring(kind, intermediate, good));
            case REVOCATION_LIST_MISSING -> referring(kind, intermediate, good);
            case REVOKED_INTERMEDIATE -> belowRevoked(kind, good);
            case INTERMEDIATE_ELSEWHERE -> {
                repository.publish(path(kind, "der"), encoded(intermediate.certificate()));
                yield referring(kind, intermediate, good).withoutIntermediates();
            }
            case MUST_STAPLE, MUST_STAPLE_KEPT ->
                resigned(
                        good,
                        AlteredCertificate.of(good.leaf())
                                .with(TLS_FEATURE, false, new DERSequence(new ASN1Integer(STATUS_REQUEST))));
            default -> good;
        };
    }

    /** What a server of this kind staples. */
    Optional<ByteBuffer> staple(HostKind kind, X509Certificate leaf) {
        CertificateStatus revoked = new RevokedStatus(Date.from(now.minus(TWO_DAYS)), CRLReason.keyCompromise);
        return switch (kind) {
            case REVOKED_STAPLED -> Optional.of(response(leaf, revoked, now.plus(WEEK)));
            case REVOKED_STAPLED_OUT_OF_DATE -> Optional.of(response(leaf, revoked, now.minus(TWO_DAYS)));
            case STAPLE_OUT_OF_DATE -> Optional.of(response(leaf, CertificateStatus.GOOD, now.minus(TWO_DAYS)));
            case MUST_STAPLE_KEPT -> Optional.of(response(leaf, CertificateStatus.GOOD, now.plus(WEEK)));
            default -> Optional.empty();
        };
    }

    private Identity belowRevoked(HostKind kind, Identity good) {
        X509Certificate listed = pointingToList(kind, AlteredCertificate.of(intermediate.certificate()))
                .sign(root.signer(root.signature()));
        repository.publish(path(kind, "crl"), list(root, now.plus(WEEK), List.of(listed)));
        return good.sending(intermediate.certifiedBy(root, listed).pathStartingWith(good.leaf()));
    }

    private Identity publishingList(HostKind kind, boolean isRevoked, Instant nextUpdate, Identity identity) {
        repository.publish(
                path(kind, "crl"), list(intermediate, nextUpdate, isRevoked ? List.of(identity.leaf()) : List.of()));
        return identity;
    }

    private Identity referring(HostKind kind, Issuer issuer, Identity good) {
        AlteredCertificate leaf = pointingToList(kind, AlteredCertificate.of(good.leaf()))
                .with(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, uri(path(kind, "der"))));
        return resigned(good, leaf);
    }

    private Identity resigned(Identity good, AlteredCertificate leaf) {
        return good.sending(intermediate.pathStartingWith(leaf.sign(intermediate.signer(intermediate.signature()))));
    }

    private AlteredCertificate pointingToList(HostKind kind, AlteredCertificate certificate) {
        var name = new DistributionPointName(new GeneralNames(uri(path(kind, "crl"))));
        DistributionPoint[] points = {new DistributionPoint(name, null, null)};
        return certificate.with(Extension.cRLDistributionPoints, false, new CRLDistPoint(points));
    }

    private GeneralName uri(String path) {
        return new GeneralName(
                GeneralName.uniformResourceIdentifier, repository.at(path).toString());
    }

    private static String path(HostKind kind, String ending) {
        return "/" + kind.label() + "." + ending;
    }

    private byte[] list(Issuer issuer, Instant nextUpdate, List<X509Certificate> revoked) {
        var builder =
                new JcaX509v2CRLBuilder(issuer.certificate().getSubjectX500Principal(), Date.from(now.minus(TWO_DAYS)));
        builder.setNextUpdate(Date.from(nextUpdate));
        revoked.forEach(certificate -> builder.addCRLEntry(
                certificate.getSerialNumber(), Date.from(now.minus(TWO_DAYS)), CRLReason.keyCompromise));
        try {
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
            return builder.build(issuer.signer(issuer.signature())).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("the revocation list cannot be made", e);
        }
    }

    private ByteBuffer response(X509Certificate leaf, CertificateStatus status, Instant nextUpdate) {
        try {
            var issuer = new JcaX509CertificateHolder(intermediate.certificate());
            var digests = new JcaDigestCalculatorProviderBuilder().build();
            Date then = Date.from(now.minus(WEEK));
            var builder = new BasicOCSPRespBuilder(new RespID(issuer.getSubject()));
            builder.addResponse(
                    new CertificateID(digests.get(CertificateID.HASH_SHA1), issuer, leaf.getSerialNumber()),
                    status,
                    then,
                    Date.from(nextUpdate),
                    null);
            return ByteBuffer.wrap(new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            builder.build(intermediate.signer(intermediate.signature()), null, then))
                    .getEncoded());
        } catch (IOException | GeneralSecurityException | OCSPException | OperatorCreationException e) {
            throw new IllegalStateException("the response cannot be made", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate has no encoding", e);
        }
    }
}

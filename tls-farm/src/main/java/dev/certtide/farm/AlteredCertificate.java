package dev.certtide.farm;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;

/** A copy of a good certificate with something in it changed: what no well-kept authority would sign. */
final class AlteredCertificate {
    private final X509CertificateHolder good;
    private final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();
    private X500Name subject;

    private AlteredCertificate(X509CertificateHolder good) {
        this.good = good;
        this.subject = good.getSubject();
        for (Object oid : good.getExtensionOIDs()) {
            extensions.put((ASN1ObjectIdentifier) oid, good.getExtension((ASN1ObjectIdentifier) oid));
        }
    }

    static AlteredCertificate of(X509Certificate good) {
        try {
            return new AlteredCertificate(new JcaX509CertificateHolder(good));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    /** The certificate with the last bit of its signature turned. */
    static X509Certificate withBadSignature(X509Certificate good) {
        try {
            byte[] encoded = good.getEncoded();
            encoded[encoded.length - 1] ^= 1;
            return converted(new X509CertificateHolder(encoded));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    /** The certificate with alternative names that are none, and critical, so that the JDK does not take it apart. */
    static X509Certificate unreadable(X509Certificate good, Issuer signer) {
        X509CertificateHolder garbled = of(good).with(Extension.subjectAlternativeName, true, DERNull.INSTANCE)
                .signed(signer.signer(signer.signature()));
        try {
            return new JcaX509CertificateConverter()
                    .setProvider(new BouncyCastleProvider())
                    .getCertificate(garbled);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("BouncyCastle does not take the certificate either", e);
        }
    }

    AlteredCertificate subject(X500Name other) {
        subject = other;
        return this;
    }

    AlteredCertificate with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            extensions.put(oid, Extension.create(oid, critical, value));
        } catch (IOException e) {
            throw new IllegalArgumentException("the extension " + oid + " cannot be encoded", e);
        }
        return this;
    }

    AlteredCertificate without(ASN1ObjectIdentifier oid) {
        extensions.remove(oid);
        return this;
    }

    /** The same extension, critical. */
    AlteredCertificate critical(ASN1ObjectIdentifier oid) {
        return with(oid, true, extensions.get(oid).getParsedValue());
    }

    X509Certificate sign(ContentSigner signer) {
        return converted(signed(signer));
    }

    private X509CertificateHolder signed(ContentSigner signer) {
        var builder = new X509v3CertificateBuilder(
                good.getIssuer(),
                good.getSerialNumber().add(BigInteger.ONE),
                good.getNotBefore(),
                good.getNotAfter(),
                subject,
                good.getSubjectPublicKeyInfo());
        try {
            for (Extension extension : extensions.values()) {
                builder.addExtension(extension);
            }
        } catch (IOException e) {
            throw new IllegalStateException("an extension cannot be encoded", e);
        }
        return builder.build(signer);
    }

    /** As certificates were before 1996: without extensions. */
    X509Certificate signVersion1(ContentSigner signer) {
        return converted(new X509v1CertificateBuilder(
                        good.getIssuer(),
                        good.getSerialNumber().add(BigInteger.ONE),
                        good.getNotBefore(),
                        good.getNotAfter(),
                        subject,
                        good.getSubjectPublicKeyInfo())
                .build(signer));
    }

    private static X509Certificate converted(X509CertificateHolder holder) {
        try {
            return new JcaX509CertificateConverter().getCertificate(holder);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK does not take the certificate", e);
        }
    }
}

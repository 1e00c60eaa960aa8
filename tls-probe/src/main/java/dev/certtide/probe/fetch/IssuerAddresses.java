package dev.certtide.probe.fetch;

import dev.certtide.probe.path.CertificateReader;
import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Oids;
import dev.certtide.probe.revocation.ListAddresses;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Where the issuer of a certificate can be fetched: caIssuers of authority information access (RFC 5280, 4.2.2.1). */
public final class IssuerAddresses {
    private static final String CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
    private static final int URI_NAME = 6;
    private static final int MOST_ADDRESSES = 2;
    private static final int MOST_CERTIFICATES = 8;

    private IssuerAddresses() {}

    /** The first addresses of http; none if the certificate has none, or its extension cannot be read. */
    public static List<URI> of(X509Certificate certificate) {
        List<URI> addresses = new ArrayList<>();
        try {
            for (Der description : Extensions.of(certificate, Oids.AUTHORITY_INFORMATION_ACCESS)
                    .map(access -> access.as(Der.SEQUENCE).children())
                    .orElse(List.of())) {
                Der.Reader reader = description.as(Der.SEQUENCE).reader();
                boolean isIssuer = reader.next(Der.OBJECT_IDENTIFIER).oid().equals(CA_ISSUERS);
                Der location = reader.next();
                if (isIssuer && location.tag() == Der.context(URI_NAME, false)) {
                    ListAddresses.web(location.ascii()).ifPresent(addresses::add);
                }
            }
        } catch (MalformedDerException e) {
            return List.of();
        }
        return addresses.stream().distinct().limit(MOST_ADDRESSES).toList();
    }

    /**
     * The certificates of what is found there: one in DER or PEM, or several in PKCS#7 (RFC 5280, 4.2.2.1); of many, the
     * first.
     *
     * @throws MalformedDerException if it is none of these
     */
    public static List<X509Certificate> read(byte[] content) {
        try {
            List<X509Certificate> certificates = CertificateReader.all(content).stream()
                    .limit(MOST_CERTIFICATES)
                    .toList();
            if (certificates.isEmpty()) {
                throw new MalformedDerException("there is no certificate in it");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new MalformedDerException("neither a certificate nor a collection of them: " + e.getMessage());
        }
    }
}

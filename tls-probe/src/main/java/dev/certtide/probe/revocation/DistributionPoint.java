package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.GeneralName;
import dev.certtide.probe.path.Oids;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the revocation list for a certificate is to be found (RFC 5280, 4.2.1.13).
 *
 * @param names names of the point; empty if only {@code issuers} identify it
 * @param reasons a mask of reasons that the list there covers
 * @param issuers who signs the list, if it is not the certificate's issuer
 */
record DistributionPoint(List<GeneralName> names, int reasons, List<GeneralName> issuers) {
    /** All of ReasonFlags but the unused bit 0. */
    static final int ALL_REASONS = 0x1fe;

    /** Real certificates have one or two, and each costs a look at every list. */
    private static final int MOST_POINTS = 20;

    /** The points that a certificate names, or, if it names none, its issuer (6.3.3, last paragraph). */
    static List<DistributionPoint> of(X509Certificate certificate) {
        GeneralName issuer = GeneralName.Directory.of(certificate.getIssuerX500Principal());
        Optional<Der> extension = Extensions.of(certificate, Oids.CRL_DISTRIBUTION_POINTS);
        List<DistributionPoint> points = new ArrayList<>();
        for (Der point : extension.map(Der::children).orElse(List.of())) {
            if (points.size() == MOST_POINTS) {
                break;
            }
            Der.Reader reader = point.as(Der.SEQUENCE).reader();
            Optional<Der> name = reader.nextIf(Der.context(0, true));
            int reasons = reader.nextIf(Der.context(1, false)).map(Der::bits).orElse(ALL_REASONS);
            List<GeneralName> issuers =
                    reader.nextIf(Der.context(2, true)).map(GeneralName::all).orElse(List.of());
            GeneralName relativeTo = issuers.isEmpty() ? issuer : issuers.getFirst();
            points.add(new DistributionPoint(
                    name.map(choice -> names(choice, relativeTo)).orElse(List.of()), reasons & ALL_REASONS, issuers));
        }
        // A list from the issuer itself may exist besides.
        points.add(ofIssuer(certificate));
        return points;
    }

    /** Whatever the issuer itself publishes. */
    static DistributionPoint ofIssuer(X509Certificate certificate) {
        GeneralName issuer = GeneralName.Directory.of(certificate.getIssuerX500Principal());
        return new DistributionPoint(List.of(issuer), ALL_REASONS, List.of());
    }

    /** {@code DistributionPointName}: full names, or an RDN below the name of who signs the list. */
    static List<GeneralName> names(Der choice, GeneralName relativeTo) {
        Der name = choice.reader().next();
        if (name.tag() == Der.context(0, true)) {
            return GeneralName.all(name);
        }
        return relativeTo instanceof GeneralName.Directory parent
                ? List.of(parent.child(name.as(Der.context(1, true))))
                : List.of();
    }
}

package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.GeneralName;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Oids;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.Signatures;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks certificates up in revocation lists, by RFC 5280, section 6.3.3: lists by reason, by distribution point, indirect
 * lists and deltas. Nothing is fetched. Not thread-safe: made for one judgement.
 */
public final class RevocationCheck {
    private static final Set<String> UNDERSTOOD =
            Set.of(Oids.ISSUING_DISTRIBUTION_POINT, Oids.CRL_NUMBER, Oids.AUTHORITY_KEY_IDENTIFIER);
    private static final Set<String> UNDERSTOOD_IN_DELTAS = Set.of(
            Oids.ISSUING_DISTRIBUTION_POINT, Oids.CRL_NUMBER, Oids.AUTHORITY_KEY_IDENTIFIER, Oids.DELTA_CRL_INDICATOR);

    private final List<RevocationList> lists;
    private final Instant date;
    private final ListSigners signers;

    /**
     * @param lists what to look into
     * @param others certificates among which those who sign lists may be, besides the path's own
     */
    public RevocationCheck(
            List<RevocationList> lists, List<X509Certificate> others, Instant date, Signatures signatures) {
        this.lists = List.copyOf(lists);
        this.date = date;
        this.signers = new ListSigners(others, date, signatures, this);
    }

    /** What the lists say of a path's certificates: the worst, the anchor aside. */
    public Revocation of(Path path) {
        Revocation worst = new Revocation.NotRevoked();
        for (int place = path.certificates().size() - 1; place >= 0; place--) {
            Revocation one = of(path, place);
            if (one instanceof Revocation.Revoked) {
                return one;
            }
            if (one instanceof Revocation.Unknown) {
                worst = one;
            }
        }
        return worst;
    }

    /** What the lists say of the certificate at that place of a path, 0 being the leaf. */
    public Revocation of(Path path, int place) {
        X509Certificate certificate = path.certificates().get(place);
        int covered = 0;
        Optional<String> objection = Optional.empty();
        for (DistributionPoint point : pointsOf(certificate)) {
            for (RevocationList list : lists) {
                try {
                    int reasons = reasonsCovered(point, list, certificate);
                    if ((reasons & ~covered) == 0) {
                        continue;
                    }
                    Optional<String> against = objectionTo(list, path, place);
                    if (against.isPresent()) {
                        objection = objection.or(() -> against);
                        continue;
                    }
                    Optional<RevocationList.Entry> entry = entry(list, certificate, path, place);
                    if (entry.isPresent()) {
                        return new Revocation.Revoked(certificate, entry.get());
                    }
                    covered |= reasons;
                } catch (MalformedDerException e) {
                    // A broken list says nothing, and hides nothing that another one says.
                    objection = objection.or(() -> Optional.of("it cannot be read: " + e.getMessage()));
                }
            }
        }
        if (covered == DistributionPoint.ALL_REASONS) {
            return new Revocation.NotRevoked();
        }
        boolean isPart = covered != 0;
        return new Revocation.Unknown(
                certificate,
                objection.orElse(
                        isPart
                                ? "it is for some reasons of revocation only"
                                : "it is another authority's, or for other certificates"));
    }

    /** What keeps a list that is for the certificate from being believed. */
    private Optional<String> objectionTo(RevocationList list, Path path, int place) {
        if (list.isDelta()) {
            return Optional.of("it has only what has changed since another one");
        }
        return objectionTo(list, UNDERSTOOD)
                .or(() -> signers.maySign(list, path, place)
                        ? Optional.empty()
                        : Optional.of("it is not signed by the authority, nor by whom it charged with that"));
    }

    private static List<DistributionPoint> pointsOf(X509Certificate certificate) {
        try {
            return DistributionPoint.of(certificate);
        } catch (MalformedDerException e) {
            return List.of(DistributionPoint.ofIssuer(certificate));
        }
    }

    /** (b) and (d): which reasons the list covers for this certificate by way of this point; 0 if it is not for it. */
    private static int reasonsCovered(DistributionPoint point, RevocationList list, X509Certificate certificate) {
        ListScope scope = ListScope.of(list);
        GeneralName issuer = GeneralName.Directory.of(list.issuer());
        boolean isRightIssuer = point.issuers().isEmpty()
                ? list.issuer().equals(certificate.getIssuerX500Principal())
                : point.issuers().contains(issuer) && scope.isIndirect();
        List<GeneralName> names = point.names().isEmpty() ? point.issuers() : point.names();
        boolean isRightPoint = scope.names().isEmpty() || scope.names().stream().anyMatch(names::contains);
        boolean isAuthority = Extensions.isAuthority(certificate);
        boolean isRightKind = !(scope.onlyAttributes()
                || scope.onlyLeaves() && isAuthority
                || scope.onlyAuthorities() && !isAuthority);
        return isRightIssuer && isRightPoint && isRightKind ? point.reasons() & scope.reasons() : 0;
    }

    private Optional<String> objectionTo(RevocationList list, Set<String> understood) {
        if (date.isBefore(list.thisUpdate())) {
            return Optional.of("it is of the future, " + list.thisUpdate());
        }
        if (list.nextUpdate().filter(date::isAfter).isPresent()) {
            return Optional.of("it is out of date since " + list.nextUpdate().get());
        }
        return list.hasCriticalExtensionBut(understood)
                ? Optional.of("it has a critical extension that nobody knows")
                : Optional.empty();
    }

    /** (c) and (i) to (k): a delta that goes with the list has the last word. */
    private Optional<RevocationList.Entry> entry(
            RevocationList list, X509Certificate certificate, Path path, int place) {
        for (RevocationList delta : lists) {
            if (isDeltaTo(list, delta)
                    && objectionTo(delta, UNDERSTOOD_IN_DELTAS).isEmpty()
                    && signers.maySign(delta, path, place)) {
                Optional<RevocationList.Entry> change =
                        delta.find(certificate.getSerialNumber(), certificate.getIssuerX500Principal());
                if (change.isPresent()) {
                    return change.filter(entry -> entry.reason() != RevocationList.Entry.REMOVE_FROM_LIST);
                }
            }
        }
        return list.find(certificate.getSerialNumber(), certificate.getIssuerX500Principal());
    }

    private static boolean isDeltaTo(RevocationList list, RevocationList delta) {
        return delta.isDelta()
                && delta.issuer().equals(list.issuer())
                && hasSame(Oids.ISSUING_DISTRIBUTION_POINT, list, delta)
                && hasSame(Oids.AUTHORITY_KEY_IDENTIFIER, list, delta)
                && list.number(Oids.CRL_NUMBER)
                        .map(number -> delta.number(Oids.DELTA_CRL_INDICATOR)
                                        .map(base -> base.compareTo(number) <= 0)
                                        .orElse(false)
                                && delta.number(Oids.CRL_NUMBER)
                                        .map(newer -> newer.compareTo(number) >= 0)
                                        .orElse(false))
                        .orElse(false);
    }

    private static boolean hasSame(String oid, RevocationList one, RevocationList other) {
        return one.extension(oid)
                .map(value -> other.extension(oid)
                        .map(same -> same.hasContent(value.content()))
                        .orElse(false))
                .orElseGet(() -> other.extension(oid).isEmpty());
    }
}

package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.GeneralName;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Oids;
import java.util.List;
import java.util.Optional;

/**
 * What a list covers: its issuing distribution point (RFC 5280, 5.2.5), or everything.
 *
 * @param names the point's names, empty for any
 * @param onlyLeaves only certificates that are not CAs'
 * @param onlyAuthorities only CAs' certificates
 * @param reasons a mask of reasons
 * @param isIndirect certificates of other issuers too
 * @param onlyAttributes only attribute certificates, and so nothing of ours
 */
record ListScope(
        List<GeneralName> names,
        boolean onlyLeaves,
        boolean onlyAuthorities,
        int reasons,
        boolean isIndirect,
        boolean onlyAttributes) {
    private static final ListScope EVERYTHING =
            new ListScope(List.of(), false, false, DistributionPoint.ALL_REASONS, false, false);

    static ListScope of(RevocationList list) {
        Optional<Der> extension = list.extension(Oids.ISSUING_DISTRIBUTION_POINT);
        if (extension.isEmpty()) {
            return EVERYTHING;
        }
        Der.Reader reader = extension.get().as(Der.SEQUENCE).reader();
        GeneralName issuer = GeneralName.Directory.of(list.issuer());
        List<GeneralName> names = reader.nextIf(Der.context(0, true))
                .map(choice -> DistributionPoint.names(choice, issuer))
                .orElse(List.of());
        boolean onlyLeaves = flag(reader, 1);
        boolean onlyAuthorities = flag(reader, 2);
        int reasons = reader.nextIf(Der.context(3, false)).map(Der::bits).orElse(DistributionPoint.ALL_REASONS);
        boolean isIndirect = flag(reader, 4);
        boolean onlyAttributes = flag(reader, 5);
        if (reader.hasMore()) {
            throw new MalformedDerException("an issuing distribution point with more in it");
        }
        return new ListScope(
                names,
                onlyLeaves,
                onlyAuthorities,
                reasons & DistributionPoint.ALL_REASONS,
                isIndirect,
                onlyAttributes);
    }

    private static boolean flag(Der.Reader reader, int number) {
        return reader.nextIf(Der.context(number, false)).map(Der::bool).orElse(false);
    }
}

package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is judged from the leaf alone: its dates and its names. */
final class LeafRules {
    private static final int NAMES_TOLD = 5;

    private final ExpiryThresholds thresholds;

    LeafRules(ExpiryThresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** What is wrong with the dates at {@code now}; both ends of a validity are included (RFC 5280, 4.1.2.5). */
    Optional<Defect> judgeDates(X509Certificate leaf, Instant now) {
        Instant notBefore = leaf.getNotBefore().toInstant();
        Instant notAfter = leaf.getNotAfter().toInstant();
        if (now.isAfter(notAfter)) {
            return Optional.of(Defect.critical(
                    FindingCode.EXPIRED,
                    "The certificate expired on " + Wording.utc(notAfter) + ", "
                            + Wording.span(Duration.between(notAfter, now)) + " ago. Renew it now, and have the server load it."));
        }
        if (now.isBefore(notBefore)) {
            return Optional.of(Defect.critical(
                    FindingCode.NOT_YET_VALID,
                    "The certificate is valid only from " + Wording.utc(notBefore) + " on, in "
                            + Wording.span(Duration.between(now, notBefore))
                            + ". Put the previous one back until then, and look at the clock of whoever issued it."));
        }
        Status level = thresholds.level(notBefore, notAfter, now);
        return level == Status.OK
                ? Optional.empty()
                : Optional.of(new Defect(
                        FindingCode.EXPIRING,
                        level,
                        "The certificate expires on " + Wording.utc(notAfter) + ", in "
                                + Wording.span(Duration.between(now, notAfter)) + ". Renew it before, and have the server load it."));
    }

    /** What is wrong with the names, if {@code host} is what clients ask for. */
    Optional<Defect> judgeNames(X509Certificate leaf, String host) {
        SubjectNames names = SubjectNames.of(leaf);
        if (names.isEmpty()) {
            return Optional.of(Defect.critical(
                    FindingCode.SAN_MISSING,
                    "The certificate has no subject alternative name, and clients look at nothing else. "
                            + "Have it issued for " + host + "."));
        }
        if (names.include(host)) {
            return Optional.empty();
        }
        return Optional.of(Defect.critical(
                FindingCode.HOSTNAME_MISMATCH,
                "The certificate is not for " + host + " but for " + told(names.all()) + ". Install one that includes "
                        + host + "."));
    }

    private static String told(List<String> names) {
        String first = Wording.printable(String.join(", ", names.subList(0, Math.min(NAMES_TOLD, names.size()))));
        return names.size() > NAMES_TOLD ? first + " and " + (names.size() - NAMES_TOLD) + " more" : first;
    }
}

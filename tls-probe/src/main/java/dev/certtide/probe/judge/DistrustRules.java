package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.trust.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/**
 * Roots that browsers, or a list of one's own, trust for what was issued up to a date only. Mozilla compares the date with notBefore, Chrome with
 * the earliest timestamp of a log, which is as old; notBefore stands for both here.
 */
final class DistrustRules {
    private final TrustAnchors anchors;

    DistrustRules(TrustAnchors anchors) {
        this.anchors = anchors;
    }

    /** Critical if browsers refuse the path's leaf, only told if they will refuse the one that renews it. */
    Optional<Defect> judge(Path path) {
        X509Certificate root = path.anchor();
        Instant issued = path.leaf().getNotBefore().toInstant();
        return anchors.distrustDate(root).map(date -> {
            String since = date.who() + " takes no certificate below the root " + Wording.subject(root)
                    + " that was issued after " + Wording.utc(date.last());
            if (!anchors.isRefused(root, date, issued)) {
                return Defect.informative(
                        FindingCode.DISTRUSTED_CA,
                        since + ". This one is older and still taken; the one that renews it will not be. Change to "
                                + "another authority before "
                                + Wording.utc(path.leaf().getNotAfter().toInstant())
                                + ".");
            }
            String reason = issued.isAfter(date.last())
                    ? ", and this one was issued on " + Wording.utc(issued)
                    : ", and browsers have removed the root since";
            return Defect.critical(
                    FindingCode.DISTRUSTED_CA, since + reason + ". Have it issued by another authority.");
        });
    }

    /** Whether a defect of {@link #judge} is a refusal. */
    static boolean isRefusal(Defect defect) {
        return defect.severity() != Status.OK;
    }
}

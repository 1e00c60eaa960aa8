package dev.certtide.checker;

import dev.certtide.kit.Log;
import dev.certtide.probe.fetch.CacheCounts;
import dev.certtide.probe.fetch.WebEvidence;

/** Tells, as metrics, what has been fetched since it was told last: of revocation lists and issuers together. */
final class FetchCounts {
    private final WebEvidence evidence;
    private CacheCounts told = new CacheCounts(0, 0, 0);

    FetchCounts(WebEvidence evidence) {
        this.evidence = evidence;
    }

    synchronized void tell(Log log) {
        CacheCounts now = evidence.listCounts().plus(evidence.issuerCounts());
        count(log, "FetchHits", now.hits() - told.hits());
        count(log, "FetchMisses", now.misses() - told.misses());
        count(log, "FetchFailures", now.failures() - told.failures());
        told = now;
    }

    private static void count(Log log, String metric, long count) {
        if (count > 0) {
            log.count(metric, count);
        }
    }
}

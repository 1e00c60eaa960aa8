package dev.certtide.probe.judge;

import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.Known;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HandshakeFacts;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.memory.Recent;
import dev.certtide.probe.revocation.RevocationList;
import dev.certtide.probe.trust.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers of which facts there was nothing to say, so that the same facts are not judged again before time changes
 * that. Verdicts with findings are not remembered: their words count the days.
 *
 * <p>The same facts are: the target, each address's chain, ending and handshake, what was fetched (a revocation list that
 * has been fetched anew is another one, whatever it says), what earlier checks have taught, and the very anchors. How long
 * a handshake took and what could not be fetched has no part in a verdict. Thread-safe; holds for one choice of thresholds.
 */
public final class Precedents {
    /** Should time ever change a verdict in a way that {@link TurningPoints} does not foresee. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Addresses in all; each weighs some kilobytes. */
    private static final long MOST = 4_096;

    private static final Verdict WELL = new Verdict(Status.OK, List.of());
    private static final List<Evidence.Missing> NONE_UNUSED = List.of();

    private final ExpiryThresholds thresholds;
    private final Recent<Case, Term> wells = new Recent<>(MOST);

    private record Case(
            Target target,
            List<Seen> addresses,
            List<Evidence.Issuer> issuers,
            List<RevocationList> lists,
            Known known,
            TrustAnchors anchors) {}

    private record Seen(Ending ending, List<X509Certificate> chain, HandshakeFacts handshake) {
        static Seen of(AddressFacts address) {
            return new Seen(address.ending(), address.chain(), address.handshake());
        }
    }

    /** From when on, until when, and what belongs to it besides. */
    private record Term(Instant from, Instant until, List<Evidence.Missing> unusedLists) {
        boolean includes(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    /** @param thresholds when a certificate's end is near */
    public Precedents(ExpiryThresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** What {@link Judge} says, and which revocation lists say nothing; without asking, where that is known. */
    public Judgement judge(
            Target target, HostFacts facts, Evidence evidence, Known known, TrustAnchors anchors, Instant now) {
        Judge judge = new Judge(anchors, thresholds);
        if (!(facts instanceof HostFacts.Visited visited)) {
            return new Judgement(judge.judge(target, facts, evidence, known, now), NONE_UNUSED);
        }
        Case same = new Case(
                target,
                visited.addresses().stream().map(Seen::of).toList(),
                evidence.issuers(),
                evidence.lists(),
                known,
                anchors);
        Optional<Term> term = wells.get(same).filter(one -> one.includes(now));
        if (term.isPresent()) {
            return new Judgement(WELL, term.get().unusedLists());
        }
        Judgement judgement = new Judgement(
                judge.judge(target, facts, evidence, known, now), UnusedLists.among(visited, evidence, anchors, now));
        if (judgement.verdict().equals(WELL)) {
            remember(same, visited, evidence, judgement.unusedLists(), now);
        }
        return judgement;
    }

    private void remember(
            Case same, HostFacts.Visited visited, Evidence evidence, List<Evidence.Missing> unusedLists, Instant now) {
        Instant until = new TurningPoints(same.anchors(), thresholds)
                .next(visited, evidence, same.known(), now, now.plus(LONGEST));
        if (until.isAfter(now)) {
            wells.offer(
                    same, new Term(now, until, unusedLists), visited.addresses().size());
        }
    }

    /** How many verdicts are remembered. */
    int size() {
        return wells.size();
    }
}

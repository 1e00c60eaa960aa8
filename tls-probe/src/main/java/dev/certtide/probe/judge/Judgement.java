package dev.certtide.probe.judge;

import dev.certtide.model.Verdict;
import dev.certtide.probe.facts.Evidence;
import java.util.List;

/**
 * A verdict, and what it could not be made of.
 *
 * @param unusedLists revocation lists that were there and say nothing of the certificates that name them; no part of the
 *     verdict
 */
public record Judgement(Verdict verdict, List<Evidence.Missing> unusedLists) {
    public Judgement {
        unusedLists = List.copyOf(unusedLists);
    }
}

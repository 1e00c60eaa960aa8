package dev.certtide.probe.fetch;

import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.trust.TrustAnchors;
import java.time.Instant;

/** Gathers what the certificates of a host refer to, before they are judged. Thread-safe. */
@FunctionalInterface
public interface EvidenceSource {
    /** Looks at nothing but what the server sent. */
    EvidenceSource NONE = (facts, anchors, now, deadline) -> Evidence.NONE;

    /**
     * Gathers what can be had in time. What cannot is told in the evidence, never thrown.
     *
     * @param deadline by {@link System#nanoTime}
     */
    Evidence gather(HostFacts facts, TrustAnchors anchors, Instant now, long deadline);
}

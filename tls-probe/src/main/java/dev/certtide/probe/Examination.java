package dev.certtide.probe;

import dev.certtide.model.CheckResult;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.trust.TrustAnchors;

/**
 * A result and what led to it.
 *
 * @param result what is published
 * @param facts what the host showed
 * @param evidence what was fetched besides, and what could not be, such as a revocation list
 * @param anchors what was trusted, and of what day that list is
 */
public record Examination(CheckResult result, HostFacts facts, Evidence evidence, TrustAnchors anchors) {}

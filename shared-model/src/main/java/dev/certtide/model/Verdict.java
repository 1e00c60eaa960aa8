package dev.certtide.model;

import java.util.List;

/**
 * What a check came to.
 *
 * @param status the worst that was found, {@link Status#OK} without findings, or with such as are only told
 * @param findings worst first
 */
public record Verdict(Status status, List<Finding> findings) {
    public Verdict {
        Required.field("status", status);
        findings = List.copyOf(Required.field("findings", findings));
    }

    /** The codes of all findings, in their order. */
    public List<FindingCode> codes() {
        return findings.stream().map(Finding::code).toList();
    }
}

package dev.certtide.model.history;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Required;
import dev.certtide.model.Status;
import dev.certtide.model.Unfetched;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a check came to, as far as telling whether the next one comes to the same. The schedule carries it, so that a
 * check that finds nothing new need not be written down.
 *
 * @param status what it came to
 * @param fingerprint stands for the findings (codes and severities) and the chains that were seen: the same for the
 *     same. On which address a chain was seen does not matter, since names of many servers change theirs with every
 *     answer; nor does the wording of a finding, which counts the days; nor what could not be fetched. What is
 *     {@code non-compliant} is left out: it follows from the chain, or from a revocation list or a stapled answer that
 *     is there one day and not the next, and must not make a quiet target a changed one
 * @param at when the check began
 */
@Json
public record Outcome(Status status, String fingerprint, Instant at) {
    public Outcome {
        Required.field("status", status);
        Required.field("fingerprint", fingerprint);
        Required.field("at", at);
    }

    /** What that check came to. */
    public static Outcome of(CheckResult result) {
        var findings = result.findings().stream()
                .filter(finding -> finding.code() != FindingCode.NON_COMPLIANT)
                .map(finding -> finding.code().code() + "=" + finding.severity().word());
        var chains = result.addresses().stream()
                .map(address ->
                        address.chain().stream().map(CertificateReport::sha256).collect(Collectors.joining(">")))
                .distinct()
                .sorted();
        var text = Stream.concat(findings, chains).collect(Collectors.joining("\n"));
        return new Outcome(result.status(), Fingerprint.shortOf(text), result.checkedAt());
    }

    /**
     * That result, with the guess of this one. Where an issuer could not be fetched, whether the server leaves out an
     * intermediate or a root is not trusted is a guess. If with the other guess the result comes to the same as this, it
     * is the other: it may have been known when the issuer could be fetched, and nothing else has changed.
     */
    public CheckResult guessIn(CheckResult result) {
        var isGuess =
                result.unfetched().stream().anyMatch(missing -> missing.kind().equals(Unfetched.ISSUER));
        if (!isGuess || isLike(of(result))) {
            return result;
        }
        return Stream.of(
                        guessing(result, FindingCode.UNTRUSTED_ROOT, FindingCode.INCOMPLETE_CHAIN),
                        guessing(result, FindingCode.INCOMPLETE_CHAIN, FindingCode.UNTRUSTED_ROOT))
                .filter(other -> isLike(of(other)))
                .findFirst()
                .orElse(result);
    }

    private static CheckResult guessing(CheckResult result, FindingCode not, FindingCode but) {
        var findings = result.findings().stream()
                .map(one -> one.code() == not ? new Finding(but, one.severity(), one.detail(), one.addresses()) : one)
                .sorted(Finding.WORST_FIRST)
                .toList();
        return new CheckResult(
                result.target(),
                result.checkedAt(),
                result.status(),
                findings,
                result.addresses(),
                result.omittedAddresses(),
                result.unfetched());
    }

    /** Whether both came to the same, whenever they were. */
    public boolean isLike(Outcome other) {
        return status == other.status && fingerprint.equals(other.fingerprint);
    }
}

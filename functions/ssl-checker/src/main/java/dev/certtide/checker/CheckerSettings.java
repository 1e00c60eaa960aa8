package dev.certtide.checker;

import dev.certtide.kit.Environment;
import dev.certtide.kit.FunctionKit;
import dev.certtide.model.InvalidInputException;
import dev.certtide.probe.TlsChecker;
import dev.certtide.probe.fetch.EvidenceSource;
import dev.certtide.probe.fetch.WebEvidence;
import dev.certtide.probe.judge.ExpiryThresholds;
import dev.certtide.probe.visit.Resolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The checker that the environment asks for. In the cloud nothing is set and the strict defaults hold; most settings
 * open the way to servers on one's own machine.
 */
final class CheckerSettings {
    private static final String WARN_DAYS = "CERTTIDE_WARN_DAYS";
    private static final String CRITICAL_DAYS = "CERTTIDE_CRITICAL_DAYS";

    private CheckerSettings() {}

    static TlsChecker checker(FunctionKit kit, TrustedRoots roots, EvidenceSource evidence) {
        var environment = kit.environment();
        var builder = TlsChecker.builder()
                .guard(kit.addressGuard())
                .resolver(resolver(environment))
                .anchors(roots.source())
                .evidence(evidence);
        environment
                .optional("CERTTIDE_CHECK_TIMEOUT")
                .map(CheckerSettings::seconds)
                .ifPresent(builder::deadline);
        return builder.thresholds(thresholds(environment)).build();
    }

    /** Fetches issuers and revocation lists from where a check may go as well. */
    static WebEvidence evidence(FunctionKit kit) {
        return WebEvidence.guarded(resolver(kit.environment()), kit.addressGuard());
    }

    private static Resolver resolver(Environment environment) {
        Resolver dns = Resolver.dns();
        return environment
                .optional("CERTTIDE_HOSTS_FILE")
                .map(Path::of)
                .map(dns::after)
                .orElse(dns);
    }

    /** Fixed times where they are given, shares of the lifetime where not. */
    private static ExpiryThresholds thresholds(Environment environment) {
        var warning = days(environment, WARN_DAYS);
        var critical = days(environment, CRITICAL_DAYS);
        try {
            return ExpiryThresholds.standardBut(warning, critical);
        } catch (InvalidInputException wrong) {
            throw new IllegalStateException(WARN_DAYS + " and " + CRITICAL_DAYS + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Optional<Duration> days(Environment environment, String name) {
        return environment.optional(name).map(text -> ExpiryThresholds.days(name, text));
    }

    private static Duration seconds(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalStateException(
                    "CERTTIDE_CHECK_TIMEOUT must be a number of seconds, 1 to 9999, not " + text);
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}

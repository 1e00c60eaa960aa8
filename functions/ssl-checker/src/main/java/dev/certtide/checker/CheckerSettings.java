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

    /** The ports of one machine: mail servers have five. */
    private static final int MOST_PER_HOST = 5;

    /** Twice the addresses of a host that are visited, and some. */
    private static final int MOST_PER_NETWORK = 20;

    private CheckerSettings() {}

    static TlsChecker checker(FunctionKit kit, TrustedRoots roots, EvidenceSource evidence, Politeness politeness) {
        var environment = kit.environment();
        var builder = TlsChecker.builder()
                .guard(kit.addressGuard())
                .resolver(resolver(environment))
                .anchors(roots.source())
                .evidence(evidence)
                .turnstile(politeness);
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

    /** How many checks of a host, and connections into a network, there may be at once. */
    static Politeness politeness(Environment environment) {
        return new Politeness(
                environment
                        .optional("CERTTIDE_MOST_PER_HOST")
                        .map(text -> number("CERTTIDE_MOST_PER_HOST", text))
                        .orElse(MOST_PER_HOST),
                environment
                        .optional("CERTTIDE_MOST_PER_NETWORK")
                        .map(text -> number("CERTTIDE_MOST_PER_NETWORK", text))
                        .orElse(MOST_PER_NETWORK));
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
        return Duration.ofSeconds(number("CERTTIDE_CHECK_TIMEOUT", text));
    }

    private static int number(String name, String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalStateException(name + " must be a whole number, 1 to 9999, not " + text);
        }
        return Integer.parseInt(text);
    }
}

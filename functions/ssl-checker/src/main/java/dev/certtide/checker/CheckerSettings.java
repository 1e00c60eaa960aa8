package dev.certtide.checker;

import dev.certtide.kit.Environment;
import dev.certtide.kit.FunctionKit;
import dev.certtide.probe.TlsChecker;
import dev.certtide.probe.fetch.EvidenceSource;
import dev.certtide.probe.fetch.WebEvidence;
import dev.certtide.probe.visit.Resolver;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The checker that the environment asks for. In the cloud nothing is set and the strict defaults hold; the settings open
 * the way to servers on one's own machine.
 */
final class CheckerSettings {
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
        return builder.build();
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

    private static Duration seconds(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalStateException(
                    "CERTTIDE_CHECK_TIMEOUT must be a number of seconds, 1 to 9999, not " + text);
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}

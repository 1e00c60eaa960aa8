package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.IpLiteral;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.TlsChecker;
import dev.certtide.probe.fetch.WebEvidence;
import dev.certtide.probe.judge.ExpiryThresholds;
import dev.certtide.probe.trust.RootBundle;
import dev.certtide.probe.trust.TrustAnchors;
import dev.certtide.probe.visit.Resolver;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How hosts are visited and judged: the options that make a checker. */
final class Visiting {
    @Option(
            names = "--connect-to",
            paramLabel = "ADDR:PORT",
            description = "Connect there, whatever the hosts resolve to.")
    private Optional<String> connectTo = Optional.empty();

    @Option(
            names = "--servername",
            paramLabel = "NAME",
            description = "Ask servers for this name (SNI). The certificate is still judged for the host.")
    private Optional<String> serverName = Optional.empty();

    @Option(
            names = "--hosts-file",
            paramLabel = "FILE",
            description = "Take addresses from this file, in the format of /etc/hosts; others from DNS.")
    private Optional<Path> hostsFile = Optional.empty();

    @Option(
            names = "--roots",
            paramLabel = "PEM",
            description = "Trust these public roots, in place of Mozilla's list that came with Certtide.")
    private Optional<Path> roots = Optional.empty();

    @Option(names = "--ca-file", paramLabel = "PEM", description = "Trust these roots as well.")
    private Optional<Path> caFile = Optional.empty();

    @Option(names = "--allow-private", description = "Visit private and loopback addresses, too.")
    private boolean allowPrivate;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "10",
            description = "Seconds that one check may take. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Option(
            names = "--warn-days",
            paramLabel = "N",
            description = "Warn this many days before the end, such as 21 or 1.5. "
                    + "Default: 30, or a quarter of the lifetime if that is less.")
    private Optional<String> warnDays = Optional.empty();

    @Option(
            names = "--critical-days",
            paramLabel = "N",
            description = "Critical from then on. Default: 7, or a tenth of the lifetime if that is less.")
    private Optional<String> criticalDays = Optional.empty();

    /** Whether addresses are refused that a user may want to visit. */
    boolean isGuarded() {
        return !allowPrivate;
    }

    /**
     * The checker that the options make.
     *
     * @param publicRoots what it trusts, besides what the options add
     * @throws InvalidInputException if an option cannot be used
     */
    TlsChecker checker(TrustAnchors publicRoots) {
        if (timeout < 1) {
            throw new InvalidInputException("--timeout", "must be at least 1 second");
        }
        // Whoever sits at this machine may visit any port from it; a service for strangers may not.
        var guard = AddressGuard.strict().allowingPorts(Ports.ALL);
        var allowed = allowPrivate ? guard.allowingNetworks("0.0.0.0/0,::/0") : guard;
        var resolver = hostsFile.map(Visiting::resolver).orElseGet(Resolver::dns);
        var builder = TlsChecker.builder()
                .guard(allowed)
                .resolver(resolver)
                .evidence(WebEvidence.guarded(resolver, allowed))
                .deadline(Duration.ofSeconds(timeout))
                .thresholds(thresholds());
        connectTo.map(Visiting::address).ifPresent(builder::connectTo);
        serverName.map(Visiting::name).ifPresent(builder::serverName);
        return builder.anchors(caFile.map(file -> publicRoots.and(list("--ca-file", file)))
                        .orElse(publicRoots))
                .build();
    }

    /**
     * The roots of the list that counts, read anew each time.
     *
     * @throws InvalidInputException if there is another list than that which came with Certtide, and it cannot be read
     */
    TrustAnchors publicRoots() {
        return roots.map(file -> TrustAnchors.of(list("--roots", file))).orElseGet(TrustAnchors::ofMozilla);
    }

    private ExpiryThresholds thresholds() {
        return ExpiryThresholds.standardBut(
                warnDays.map(days -> ExpiryThresholds.days("--warn-days", days)),
                criticalDays.map(days -> ExpiryThresholds.days("--critical-days", days)));
    }

    private static RootBundle list(String option, Path file) {
        try {
            return TrustAnchors.certificatesOf(file);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidInputException(option, invalid.getMessage());
        }
    }

    private static Resolver resolver(Path file) {
        if (!Files.isReadable(file)) {
            throw new InvalidInputException("--hosts-file", file + " cannot be read");
        }
        return Resolver.dns().after(file);
    }

    private static String name(String text) {
        try {
            return Target.parse("https://" + text).host();
        } catch (InvalidInputException invalid) {
            throw new InvalidInputException("--servername", invalid.problem());
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0 && text.substring(colon + 1).matches("\\d{1,5}")) {
            var host = text.substring(0, colon).replaceAll("^\\[|]$", "");
            int port = Integer.parseInt(text.substring(colon + 1));
            var address = IpLiteral.parse(host);
            if (address.isPresent() && port >= 1 && port <= 65_535) {
                return new InetSocketAddress(address.get(), port);
            }
        }
        throw new InvalidInputException("--connect-to", "is no address and port such as 127.0.0.1:8443 or [::1]:8443");
    }
}

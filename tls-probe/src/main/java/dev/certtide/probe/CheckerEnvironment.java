package dev.certtide.probe;

import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.judge.TrustAnchors;
import dev.certtide.probe.visit.Resolver;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The environment variables that make a checker different from the one for public hosts. All are optional; blank is
 * unset. In the cloud none is set.
 */
public final class CheckerEnvironment {
    /** Networks that the address guard lets pass, as comma-separated CIDRs: {@code 127.0.0.0/8,::1/128}. */
    public static final String ALLOWED_NETWORKS = "CERTTIDE_ALLOWED_NETWORKS";

    /** Ports that may be checked, as a comma-separated list of ports and ranges: {@code 1-65535}. */
    public static final String ALLOWED_PORTS = "CERTTIDE_ALLOWED_PORTS";

    /** A file in /etc/hosts format that is asked before the system's resolver. */
    public static final String HOSTS_FILE = "CERTTIDE_HOSTS_FILE";

    /** A PEM file of roots to trust besides the JDK's. */
    public static final String CA_FILE = "CERTTIDE_CA_FILE";

    /** The deadline of a check in seconds, fractions allowed. */
    public static final String CHECK_TIMEOUT = "CERTTIDE_CHECK_TIMEOUT";

    private CheckerEnvironment() {}

    static TlsChecker.Builder apply(Map<String, String> environment, TlsChecker.Builder builder) {
        AddressGuard strict = AddressGuard.strict();
        AddressGuard guard = read(environment, ALLOWED_NETWORKS, strict::allowingNetworks).orElse(strict);
        builder.guard(read(environment, ALLOWED_PORTS, Ports::parse).map(guard::allowingPorts).orElse(guard));
        read(environment, HOSTS_FILE, Path::of).map(Resolver.system()::after).ifPresent(builder::resolver);
        read(environment, CA_FILE, file -> TrustAnchors.ofJdk().and(Path.of(file))).ifPresent(builder::anchors);
        read(environment, CHECK_TIMEOUT, CheckerEnvironment::seconds).ifPresent(builder::deadline);
        return builder;
    }

    private static <T> Optional<T> read(Map<String, String> environment, String name, Function<String, T> parse) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank()).map(value -> {
            try {
                return parse.apply(value.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        });
    }

    private static Duration seconds(String text) {
        if (!text.matches("\\d{1,6}(\\.\\d{1,3})?") || new BigDecimal(text).signum() == 0) {
            throw new IllegalArgumentException("'" + text + "' is no number of seconds; write it as 10 or 2.5");
        }
        return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
    }
}

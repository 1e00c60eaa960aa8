package dev.certtide.cli;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.IpLiteral;
import dev.certtide.model.address.Ports;
import dev.certtide.model.json.Json;
import dev.certtide.probe.TlsChecker;
import dev.certtide.probe.judge.TrustAnchors;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks hosts right here, without any cloud. */
@Command(
        name = "check",
        description = "Check hosts from this machine, without any cloud.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        footer = "%nExit code: 0 ok, 1 warning, 2 critical or unreachable, 3 usage.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "HOST[:PORT]", description = "What to check; a URL will do.")
    private List<String> hosts;

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    @Option(
            names = "--connect-to",
            paramLabel = "ADDR:PORT",
            description = "Connect there, whatever the host resolves to.")
    private Optional<String> connectTo = Optional.empty();

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

    @Override
    public Integer call() throws Exception {
        var targets = hosts.stream().map(Target::parse).toList();
        var checker = checker();
        var out = spec.commandLine().getOut();
        var worst = Status.OK;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = targets.stream()
                    .map(target -> executor.submit(() -> checker.check(target, InstantSource.system())))
                    .toList();
            for (var one : running) {
                var result = one.get();
                worst = worst.worse(result.status());
                if (json) {
                    out.println(Json.write(result));
                } else {
                    print(out, result);
                }
                out.flush();
            }
        }
        return ExitCode.of(worst);
    }

    private TlsChecker checker() {
        if (timeout < 1) {
            throw new InvalidInputException("--timeout", "must be at least 1 second");
        }
        // Whoever sits at this machine may visit any port from it; a service for strangers may not.
        var guard = AddressGuard.strict().allowingPorts(Ports.ALL);
        var builder = TlsChecker.builder()
                .guard(allowPrivate ? guard.allowingNetworks("0.0.0.0/0,::/0") : guard)
                .deadline(Duration.ofSeconds(timeout));
        connectTo.map(CheckCommand::address).ifPresent(builder::connectTo);
        caFile.map(CheckCommand::anchors).ifPresent(builder::anchors);
        return builder.build();
    }

    private static TrustAnchors anchors(Path file) {
        try {
            return TrustAnchors.ofMozilla().and(file);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidInputException("--ca-file", invalid.getMessage());
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

    private void print(PrintWriter out, CheckResult result) {
        out.println(result.target().displayName() + "  " + result.status().word());
        result.findings().forEach(finding -> {
            var where = finding.addresses().isEmpty() ? "" : "  (" + String.join(", ", finding.addresses()) + ")";
            out.println(
                    "  " + finding.severity().word() + "  " + finding.code().code() + ": " + finding.detail() + where);
        });
        if (!allowPrivate && result.verdict().codes().contains(FindingCode.ADDRESS_BLOCKED)) {
            out.println("  To visit it all the same: --allow-private");
        }
        result.addresses().forEach(address -> print(out, address, result.checkedAt()));
    }

    private static void print(PrintWriter out, AddressReport address, Instant now) {
        var how = address.protocol()
                .map(protocol -> protocol + " " + address.cipherSuite().orElse(""))
                .orElse(address.ending());
        out.println("  " + address.address() + "  " + how + "  " + address.millis() + " ms");
        address.chain().forEach(certificate -> out.println("    " + line(certificate, now)));
    }

    private static String line(CertificateReport certificate, Instant now) {
        return "%s  issued by %s  valid until %s (%s)"
                .formatted(
                        certificate.subject(),
                        certificate.issuer(),
                        certificate.notAfter(),
                        distance(now, certificate.notAfter()));
    }

    private static String distance(Instant now, Instant then) {
        var between = Duration.between(now, then);
        var amount = between.abs().toDays() > 1
                ? between.abs().toDays() + " days"
                : between.abs().toHours() + " hours";
        return between.isNegative() ? amount + " ago" : "in " + amount;
    }
}

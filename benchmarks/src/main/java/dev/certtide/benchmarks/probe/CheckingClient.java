package dev.certtide.benchmarks.probe;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.TlsChecker;
import dev.certtide.probe.trust.TrustAnchors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process whose CPU time is measured: runs rounds of checks as told on standard input, one a line, by the interface
 * that the whole system uses. A line says {@code ADDRESS ROOT COUNT IN_FLIGHT}, or {@code profile} and the same, which
 * runs two of them and profiles the second; the answer is a {@link Round}, and before it, indented, a profile.
 */
final class CheckingClient {
    private static final String HOST = "bench.certtide.test";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Map<String, TlsChecker> checkers = new HashMap<>();

    private CheckingClient() {}

    public static void main(String... arguments) throws IOException {
        CheckingClient client = new CheckingClient();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            if (line.startsWith("profile ")) {
                String[] order = line.substring("profile ".length()).split(" ");
                try (CpuProfile profile = CpuProfile.start()) {
                    client.round(order);
                    profile.forget();
                    Round round = client.round(order);
                    profile.stop(round).forEach(part -> System.out.println("  " + part));
                    System.out.println(round);
                }
            } else {
                System.out.println(client.round(line.split(" ")));
            }
        }
    }

    private Round round(String... order) {
        TlsChecker checker = checkers.computeIfAbsent(order[0] + " " + order[1], _ -> checker(order[0], order[1]));
        long count = Long.parseLong(order[2]);
        int inFlight = Integer.parseInt(order[3]);
        Target target = Target.parse("https://" + HOST);
        AtomicLong next = new AtomicLong();
        AtomicLong failures = new AtomicLong();
        ProcessClock began = ProcessClock.read();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < inFlight; i++) {
                threads.execute(() -> {
                    while (next.incrementAndGet() <= count) {
                        CheckResult result = checker.check(target, InstantSource.system());
                        if (!isWell(result) && failures.incrementAndGet() == 1) {
                            System.err.println("a check failed: " + result);
                        }
                    }
                });
            }
        }
        return began.until(ProcessClock.read(), count, failures.get());
    }

    /** Fully validated, and nothing to say against it. */
    private static boolean isWell(CheckResult result) {
        return result.status() == Status.OK
                && result.findings().isEmpty()
                && result.leaf().isPresent();
    }

    private static TlsChecker checker(String address, String root) {
        int colon = address.lastIndexOf(':');
        return TlsChecker.builder()
                .connectTo(new InetSocketAddress(
                        InetAddress.ofLiteral(address.substring(0, colon)),
                        Integer.parseInt(address.substring(colon + 1))))
                .guard(AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.parse("1-65535")))
                .anchors(TrustAnchors.of(List.of()).and(Path.of(root)))
                .deadline(DEADLINE)
                .build();
    }
}

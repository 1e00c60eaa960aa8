package dev.certtide.benchmarks.probe;

import dev.certtide.benchmarks.probe.Setting.Leaves;
import dev.certtide.benchmarks.probe.Setting.Who;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A server on one core, the clients on another, one at a time. */
final class Laboratory implements AutoCloseable {
    /**
     * Of Certtide's client. The heap is small, so that what is measured is what a small function has; what BoringSSL uses
     * comes on top. Serial, since one core has nothing to collect garbage in parallel with.
     */
    static final List<String> JVM_FLAGS = List.of(
            "-Xmx96m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:ReservedCodeCacheSize=48m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    static final int CLIENT_CORE = 0;

    private static final int SERVER_CORE = Math.min(1, Machine.cores() - 1);

    private final Plan plan;
    private final Yardstick yardstick;
    private final Child server;
    private final Map<Who, Child> clients = new HashMap<>();
    private final Map<Setting, Integer> ports = new HashMap<>();
    private final Results results = new Results();

    Laboratory(Plan plan, Yardstick yardstick) throws IOException {
        this.plan = plan;
        this.yardstick = yardstick;
        this.server = yardstick.server(SERVER_CORE);
        clients.put(Who.GO, yardstick.goClient(CLIENT_CORE));
        clients.put(Who.OPENSSL, yardstick.opensslClient(CLIENT_CORE));
        clients.put(Who.CERTTIDE, Child.on(CLIENT_CORE, certtide(plan)));
    }

    private static List<String> certtide(Plan plan) {
        return Stream.of(
                        Stream.of(ProcessHandle.current().info().command().orElse("java")),
                        JVM_FLAGS.stream(),
                        plan.jvmFlags().stream(),
                        Stream.of("-cp", System.getProperty("java.class.path"), CheckingClient.class.getName()))
                .flatMap(parts -> parts)
                .toList();
    }

    /** Everything of the plan, but the profiles. */
    Results measure() throws IOException {
        for (Chain chain : plan.chains()) {
            for (Leaves leaves : List.of(Leaves.NEW, Leaves.UNCHANGED)) {
                progress("warming up", chain, leaves);
                ask(Setting.near(Who.CERTTIDE, chain, leaves), plan.warmUp(leaves));
                ask(Setting.near(Who.GO, chain, leaves), plan.checks());
            }
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Chain chain : plan.chains()) {
                progress("round " + round + " of " + plan.rounds(), chain, Leaves.NEW);
                near(chain);
            }
        }
        for (int round = 1; round <= Plan.DISTANT_ROUNDS; round++) {
            for (Chain chain : List.of(Chain.P256, Chain.LETS_ENCRYPT)) {
                if (plan.chains().contains(chain)) {
                    distant(chain, round);
                }
            }
        }
        return results;
    }

    private void near(Chain chain) throws IOException {
        for (Leaves leaves : Leaves.values()) {
            int checks = leaves == Leaves.FRESH ? plan.freshChecks() : plan.checks();
            run(Setting.near(Who.CERTTIDE, chain, leaves), checks);
            run(Setting.near(Who.GO, chain, leaves), checks);
        }
        run(Setting.near(Who.OPENSSL, chain, Leaves.NEW), Plan.OPENSSL_SECONDS);
    }

    private void distant(Chain chain, int round) throws IOException {
        for (Who who : List.of(Who.CERTTIDE, Who.GO)) {
            Setting setting = Setting.distant(who, chain);
            progress("at a distance, " + who + ", round " + round, chain, Leaves.NEW);
            if (!results.has(setting)) {
                ask(setting, plan.distantWarmUp());
            }
            long before = server.cpuNanos();
            long stolenBefore = Machine.stolenNanos(CLIENT_CORE);
            Round checked = ask(setting, plan.distantChecks());
            results.add(setting, checked);
            results.addAround(
                    setting,
                    new Results.Around(
                            (double) (server.cpuNanos() - before) / checked.wallNanos(),
                            (double) (Machine.stolenNanos(CLIENT_CORE) - stolenBefore) / checked.wallNanos()));
        }
    }

    /** Where Certtide's CPU time goes in checks like these, in lines for people. */
    List<String> profile(Chain chain, Leaves leaves) throws IOException {
        progress("profile", chain, leaves);
        if (leaves == Leaves.UNCHANGED) {
            // Since the rounds, thousands of new leaves have passed: so that these have been seen before.
            ask(Setting.near(Who.CERTTIDE, chain, leaves), plan.warmUp(leaves));
        }
        return clients.get(Who.CERTTIDE)
                .ask("profile " + order(Setting.near(Who.CERTTIDE, chain, leaves), plan.checks()))
                .notes();
    }

    private void run(Setting setting, int count) throws IOException {
        results.add(setting, ask(setting, count));
    }

    private Round ask(Setting setting, int count) throws IOException {
        return Round.parse(clients.get(setting.who()).ask(order(setting, count)).line());
    }

    private String order(Setting setting, int count) throws IOException {
        int inFlight = setting.distant() ? Plan.DISTANT_IN_FLIGHT : Plan.IN_FLIGHT;
        return "127.0.0.1:" + port(setting) + " " + yardstick.root(setting.chain()) + " " + count + " " + inFlight;
    }

    /** Each client has a listener of its own, and so sees every leaf, and none twice that should be new. */
    private int port(Setting setting) throws IOException {
        Optional<Integer> known = Optional.ofNullable(ports.get(setting));
        if (known.isPresent()) {
            return known.get();
        }
        // TCP's round trip cannot be held up by a server, so the answer to the first flight waits for both.
        String where = setting.distant() ? plan.firstDistant() + " " + 2 * Plan.ROUND_TRIP_MILLIS : "0 0";
        String order = setting.chain().id() + " " + setting.leaves().id() + " " + where;
        int port = Integer.parseInt(server.ask(order).line());
        ports.put(setting, port);
        return port;
    }

    private static void progress(String what, Chain chain, Leaves leaves) {
        System.err.println("benchmark: " + what + ": " + chain.title() + ", " + leaves.id());
    }

    @Override
    public void close() {
        new ArrayList<>(clients.values()).forEach(Child::close);
        server.close();
    }
}

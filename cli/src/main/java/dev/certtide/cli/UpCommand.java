package dev.certtide.cli;

import dev.certtide.cli.demo.Demo;
import dev.certtide.cli.demo.SlidingDemo;
import dev.certtide.cli.demo.Speed;
import dev.certtide.farm.HostKind;
import dev.certtide.local.LocalCloud;
import dev.certtide.model.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole stack on this machine, until it is stopped. */
@Command(
        name = "up",
        description = "Run the whole stack on this machine: no AWS account, no Docker.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class UpCommand implements Callable<Integer> {
    /** What the names of variables begin with that set how functions work, for example {@code CERTTIDE_HOSTS_FILE}. */
    private static final String SETTING = "CERTTIDE_";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            defaultValue = "4566",
            description = "Where to listen on loopback; 0 for any free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep everything there, across restarts. Default: in memory.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--demo", description = "Start a farm of TLS servers, good and bad, and watch some of them.")
    private boolean demo;

    @Option(
            names = "--demo-hosts",
            paramLabel = "KIND",
            split = ",",
            description = "Watch these instead: kinds as `certtide farm` lists them, or all. Implies --demo.")
    private List<String> demoHosts = List.of();

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            description = "Watch one certificate slide to its end and be renewed, while time flies: 1d/s is a day in a "
                    + "second. Implies --demo.")
    private Optional<String> speed = Optional.empty();

    @Option(names = "--allow-private", description = "Visit private and loopback addresses, too.")
    private boolean allowPrivate;

    @Option(names = "--verbose", description = "Print the functions' logs.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var watched = Demo.kinds(demoHosts);
        var flying = speed.map(Speed::parse);
        if (flying.isPresent() && (data.isPresent() || !demoHosts.isEmpty())) {
            throw new InvalidInputException(
                    "--speed",
                    "goes with neither --data nor --demo-hosts: it tells a story of its own from its beginning");
        }
        if (!Files.exists(Home.assembly().resolve("manifest.json"))) {
            throw new IOException("the stack has not been synthesized; run ./mvnw package first");
        }
        try (var stop = UntilStopped.begin()) {
            if (flying.isPresent()) {
                fly(stop, flying.get());
            } else {
                run(stop, watched);
            }
        }
        return ExitCode.OK;
    }

    private void run(UntilStopped stop, Set<HostKind> watched) throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        if (!demo && demoHosts.isEmpty()) {
            try (var cloud = start(Map.of())) {
                ready(out, cloud, stop, () -> {});
            }
            return;
        }
        try (var stage = Demo.prepare(watched);
                var cloud = start(stage.environment())) {
            ready(
                    out,
                    cloud,
                    stop,
                    () -> stage.begin(cloud.endpoint(), line -> {
                        out.println(line);
                        out.flush();
                    }));
        }
    }

    private void fly(UntilStopped stop, Speed at) throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        try (var stage = SlidingDemo.prepare(at);
                var cloud = start(stage.environment(), stage.clock())) {
            try {
                ready(
                        out,
                        cloud,
                        stop,
                        () -> stage.begin(
                                cloud,
                                line -> {
                                    out.println(line);
                                    out.flush();
                                },
                                RunningCloud::rememberAhead,
                                () -> explain(cloud)));
            } finally {
                stage.halt(); // As long as the cloud is there.
            }
        }
    }

    /** The story as anybody else would ask for it. */
    private void explain(LocalCloud cloud) {
        var out = spec.commandLine().getOut();
        out.println();
        out.println("$ certtide why " + SlidingDemo.HOST);
        CerttideCommand.commandLine()
                .setOut(out)
                .execute(
                        "why",
                        SlidingDemo.HOST,
                        "--endpoint-url",
                        cloud.endpoint().toString());
        out.println();
        out.println("That was the story; from now on time passes as usual.");
        out.flush();
    }

    private LocalCloud start(Map<String, String> environment) {
        return start(environment, InstantSource.system());
    }

    private LocalCloud start(Map<String, String> environment, InstantSource clock) {
        // The process's own settings reach its functions, as those of a deployed function do.
        var variables = new HashMap<String, String>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith(SETTING)) {
                variables.put(name, value);
            }
        });
        variables.putAll(environment);
        if (allowPrivate) {
            variables.put("CERTTIDE_ALLOWED_NETWORKS", "0.0.0.0/0,::/0");
            variables.put("CERTTIDE_ALLOWED_PORTS", "1-65535");
        }
        var builder = LocalCloud.of(Home.assembly())
                .port(port)
                .environment(variables)
                .clock(clock)
                .functionLog(line -> {
                    if (verbose) {
                        System.err.println(line.stripTrailing());
                    }
                });
        return data.map(folder -> builder.data(folder.toAbsolutePath()))
                .orElse(builder)
                .start();
    }

    /** @param then what to do once the user has read how to publish */
    private static void ready(PrintWriter out, LocalCloud cloud, UntilStopped stop, Runnable then)
            throws InterruptedException {
        RunningCloud.remember(cloud.endpoint());
        try {
            out.print(Guide.of(cloud.endpoint(), cloud.region(), cloud.outputs()));
            out.println("ready at " + cloud.endpoint() + " (stop with Ctrl-C)");
            out.flush();
            then.run();
            stop.await();
        } finally {
            RunningCloud.forget(cloud.endpoint());
        }
    }
}

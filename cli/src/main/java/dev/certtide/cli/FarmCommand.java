package dev.certtide.cli;

import dev.certtide.farm.FarmFiles;
import dev.certtide.farm.FarmHost;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the farm of TLS servers, good and bad, until it is stopped. */
@Command(
        name = "farm",
        description = "Run TLS servers on this machine, each good or bad in its own way, to try a monitoring on.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class FarmCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Write root.pem, hosts and urls.txt there. Default: a folder that goes with the farm.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object per host.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stop = UntilStopped.begin();
                var farm = TlsFarm.start();
                var files = FarmFiles.write(farm, folder)) {
            var out = spec.commandLine().getOut();
            if (json) {
                farm.hosts().forEach(host -> out.println(Json.write(tree(host, files))));
            } else {
                print(out, farm, files);
            }
            out.flush();
            stop.await();
        }
        return ExitCode.OK;
    }

    private static void print(PrintWriter out, TlsFarm farm, FarmFiles files) {
        Tables.print(
                out,
                List.of("URL", "CONNECT TO", "EXPECTED", "WHAT IT IS"),
                farm.hosts().stream().map(FarmCommand::row).toList());
        out.println("""

                %d hosts. Trust the root %s, and find their names in %s. Check them all:
                  ./certtide check --short --allow-private --ca-file %s --hosts-file %s --file %s
                or one:
                  ./certtide check --allow-private --ca-file %s --connect-to %s %s
                Stop with Ctrl-C.""".formatted(
                        farm.hosts().size(),
                        files.root(),
                        files.names(),
                        files.root(),
                        files.names(),
                        files.urls(),
                        files.root(),
                        connectTo(farm.hosts().getFirst()),
                        farm.hosts().getFirst().url()));
    }

    private static List<String> row(FarmHost host) {
        return List.of(host.url(), connectTo(host), expected(host), host.kind().what());
    }

    private static String expected(FarmHost host) {
        return host.expectedStatus()
                + host.expectedCodes().stream().map(code -> " " + code).collect(Collectors.joining(","));
    }

    private static String connectTo(FarmHost host) {
        return "127.0.0.1:" + host.port();
    }

    private static Map<String, Object> tree(FarmHost host, FarmFiles files) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", host.kind().label());
        tree.put("url", host.url());
        tree.put("connectTo", connectTo(host));
        tree.put("status", host.expectedStatus());
        tree.put("codes", host.expectedCodes());
        tree.put("what", host.kind().what());
        tree.put("caFile", files.root().toString());
        tree.put("hostsFile", files.names().toString());
        return tree;
    }
}

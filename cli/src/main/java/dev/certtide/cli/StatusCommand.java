package dev.certtide.cli;

import dev.certtide.kit.Config;
import dev.certtide.kit.Runs;
import dev.certtide.kit.Table;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Gatherers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Shows the latest results. */
@Command(
        name = "status",
        description = "Show the latest result of every target, or of one host.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class StatusCommand implements Callable<Integer> {
    private static final int MOST_LOOKUPS = 20;

    @Mixin
    private Cloud cloud;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "HOST", description = "Only the targets of this host, or host:port.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    @Override
    public Integer call() {
        var wanted = host.map(Target::ofId);
        var withPort = host.filter(text -> text.matches(".*:\\d+/?")).isPresent();
        var results = cloud.withDynamoDb(dynamoDb -> shown(
                dynamoDb,
                latest(dynamoDb).stream()
                        .filter(result -> wanted.map(target -> matches(result.target(), target, withPort))
                                .orElse(true))
                        .sorted(Comparator.comparing(CheckResult::status)
                                .reversed()
                                .thenComparing(result -> result.target().id()))
                        .toList()));
        var out = spec.commandLine().getOut();
        if (json) {
            results.forEach(shown -> out.println(json(shown)));
        } else if (results.isEmpty()) {
            out.println(host.map(name -> "No result for " + name + " yet.").orElse("No results yet."));
        } else {
            Tables.print(
                    out,
                    List.of("TARGET", "STATUS", "FINDINGS", "VALID UNTIL", "LAST CHECKED"),
                    results.stream().map(StatusCommand::row).toList());
        }
        return ExitCode.OK;
    }

    private static boolean matches(Target target, Target wanted, boolean withPort) {
        return wanted.roots().isPresent()
                ? target.equals(wanted)
                : target.host().equals(wanted.host()) && (!withPort || target.port() == wanted.port());
    }

    /**
     * A result and when its target was really checked last: checks that come to the same are not written down one by
     * one.
     */
    private record Shown(CheckResult result, Instant lastCheckedAt) {}

    private List<Shown> shown(DynamoDbClient dynamoDb, List<CheckResult> results) {
        var runs = new Runs(new Table(dynamoDb, cloud.table("Results")));
        var scheduledAt = new Config(new Table(dynamoDb, cloud.table("Config")))
                .scheduledAt(results.stream().map(CheckResult::target).toList());
        return results.stream()
                .gather(Gatherers.mapConcurrent(MOST_LOOKUPS, result -> {
                    var since = Optional.ofNullable(scheduledAt.get(result.target()));
                    return new Shown(result, runs.lastChecked(result, since, cloud.now()));
                }))
                .toList();
    }

    /** The result as it is, with one field more. */
    @SuppressWarnings("unchecked")
    private static String json(Shown shown) {
        var fields = new LinkedHashMap<>((Map<String, Object>) Json.readTree(Json.write(shown.result())));
        fields.put("lastCheckedAt", shown.lastCheckedAt().toString());
        return Json.write(fields);
    }

    private static List<String> row(Shown shown) {
        var result = shown.result();
        return List.of(
                result.target().displayName(),
                result.status().word(),
                Tables.codes(result.findings()),
                result.leaf().map(leaf -> leaf.notAfter().toString()).orElse("-"),
                shown.lastCheckedAt().toString().substring(0, 19) + "Z");
    }

    private List<CheckResult> latest(DynamoDbClient dynamoDb) {
        return dynamoDb
                .scanPaginator(request -> request.tableName(cloud.table("Results"))
                        .filterExpression("sk = :latest")
                        .expressionAttributeValues(Map.of(":latest", AttributeValue.fromS("LATEST"))))
                .items()
                .stream()
                .map(item -> Json.read(CheckResult.class, item.get("result").s()))
                .toList();
    }
}

package dev.certtide.cli;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        var wanted = host.map(Target::parse);
        var withPort = host.filter(text -> text.matches(".*:\\d+/?")).isPresent();
        var results = cloud.withDynamoDb(this::latest).stream()
                .filter(result -> wanted.map(target -> matches(result.target(), target, withPort))
                        .orElse(true))
                .sorted(Comparator.comparing(CheckResult::status).reversed().thenComparing(result -> result.target()
                        .id()))
                .toList();
        var out = spec.commandLine().getOut();
        if (json) {
            results.forEach(result -> out.println(Json.write(result)));
        } else if (results.isEmpty()) {
            out.println(host.map(name -> "No result for " + name + " yet.").orElse("No results yet."));
        } else {
            Tables.print(
                    out,
                    List.of("TARGET", "STATUS", "FINDINGS", "VALID UNTIL", "CHECKED AT"),
                    results.stream().map(StatusCommand::row).toList());
        }
        return ExitCode.OK;
    }

    private static boolean matches(Target target, Target wanted, boolean withPort) {
        return target.host().equals(wanted.host()) && (!withPort || target.port() == wanted.port());
    }

    private static List<String> row(CheckResult result) {
        return List.of(
                result.target().displayName(),
                result.status().word(),
                Tables.codes(result.findings()),
                result.leaf().map(leaf -> leaf.notAfter().toString()).orElse("-"),
                result.checkedAt().toString().substring(0, 19) + "Z");
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

package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.notifier.DefaultTexts;
import dev.certtide.notifier.TextTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stores an owner's own words. What would not work at night is refused here. */
@Command(
        name = "template",
        description = "Store, show and remove an owner's own words for notifications.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class TemplateCommand {
    private static final String PREFIX = "TEMPLATE#";
    private static final String WHOSE = "Whose words.";
    private static final String KINDS = "opened, changed, recovered, reminder, escalated, summary or test.";

    @Spec
    private CommandSpec spec;

    @Command(
            name = "ls",
            description = "List what an owner is told in words of their own.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int ls(
            @Mixin Cloud cloud,
            @Option(names = "--owner", paramLabel = "ID", required = true, description = WHOSE) String owner) {
        var rows = cloud.withDynamoDb(dynamoDb -> dynamoDb
                .queryPaginator(request -> request.tableName(cloud.table("Config"))
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                        .expressionAttributeValues(Map.of(":pk", pk(owner), ":prefix", AttributeValue.fromS(PREFIX))))
                .items()
                .stream()
                .map(item -> List.of(
                        item.get("sk").s().substring(PREFIX.length()),
                        item.get("subject").s()))
                .toList());
        if (rows.isEmpty()) {
            spec.commandLine().getOut().println(owner + " is told everything in Certtide's words.");
        } else {
            Tables.print(spec.commandLine().getOut(), List.of("KIND", "SUBJECT"), rows);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            description = {
                "Show in which words an owner is told: their own if there are any, otherwise Certtide's, to begin with.",
                "The first line is the subject; the body follows after an empty line."
            },
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int show(
            @Mixin Cloud cloud,
            @Parameters(paramLabel = "KIND", description = KINDS) String kind,
            @Option(names = "--owner", paramLabel = "ID", required = true, description = WHOSE) String owner) {
        var known = kind(kind);
        var item = cloud.withDynamoDb(dynamoDb -> dynamoDb.getItem(
                        request -> request.tableName(cloud.table("Config")).key(key(owner, known))))
                .item();
        var template = item.isEmpty()
                ? DefaultTexts.of(known)
                : new TextTemplate(item.get("subject").s(), item.get("body").s());
        var out = spec.commandLine().getOut();
        out.println(template.subject());
        out.println();
        out.print(template.body().endsWith("\n") ? template.body() : template.body() + "\n");
        out.flush();
        return ExitCode.OK;
    }

    @Command(
            name = "set",
            description = "Store a template; the body is read from standard input.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int set(
            @Mixin Cloud cloud,
            @Parameters(paramLabel = "KIND", description = KINDS) String kind,
            @Option(names = "--owner", paramLabel = "ID", required = true, description = WHOSE) String owner,
            @Option(names = "--subject", paramLabel = "TEXT", required = true, description = "One line.")
                    String subject)
            throws IOException {
        var template = new TextTemplate(subject, new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        var attributes = new HashMap<>(key(owner, kind(kind)));
        attributes.put("subject", AttributeValue.fromS(template.subject()));
        attributes.put("body", AttributeValue.fromS(template.body()));
        cloud.withDynamoDb(dynamoDb -> dynamoDb.putItem(
                request -> request.tableName(cloud.table("Config")).item(attributes)));
        spec.commandLine().getOut().println(owner + " is told in these words from now on");
        return ExitCode.OK;
    }

    @Command(
            name = "rm",
            description = "Go back to Certtide's words.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int rm(
            @Mixin Cloud cloud,
            @Parameters(paramLabel = "KIND", description = KINDS) String kind,
            @Option(names = "--owner", paramLabel = "ID", required = true, description = WHOSE) String owner) {
        var key = key(owner, kind(kind));
        cloud.withDynamoDb(dynamoDb -> dynamoDb.deleteItem(
                request -> request.tableName(cloud.table("Config")).key(key)));
        spec.commandLine().getOut().println(owner + " is told in Certtide's words from now on");
        return ExitCode.OK;
    }

    private static Map<String, AttributeValue> key(String owner, Kind kind) {
        return Map.of("pk", pk(owner), "sk", AttributeValue.fromS(PREFIX + kind.word()));
    }

    private static AttributeValue pk(String owner) {
        return AttributeValue.fromS("OWNER#" + new Owner(owner));
    }

    private static Kind kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "KIND",
                        "is not known; use "
                                + Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "))));
    }
}

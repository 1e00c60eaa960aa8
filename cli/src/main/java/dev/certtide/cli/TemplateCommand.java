package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.notifier.TextTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        description = "Store an owner's own words for notifications.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class TemplateCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "set",
            description = "Store a template; the body is read from standard input.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int set(
            @Mixin Cloud cloud,
            @Parameters(
                            paramLabel = "KIND",
                            description = "opened, changed, recovered, reminder, escalated, summary or test.")
                    String kind,
            @Option(names = "--owner", paramLabel = "ID", required = true) String owner,
            @Option(names = "--subject", paramLabel = "TEXT", required = true, description = "One line.")
                    String subject)
            throws IOException {
        var template = new TextTemplate(subject, new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        var attributes = Map.of(
                "pk", AttributeValue.fromS("OWNER#" + new Owner(owner)),
                "sk", AttributeValue.fromS("TEMPLATE#" + known(kind)),
                "subject", AttributeValue.fromS(template.subject()),
                "body", AttributeValue.fromS(template.body()));
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
            @Parameters(paramLabel = "KIND") String kind,
            @Option(names = "--owner", paramLabel = "ID", required = true) String owner) {
        var key = Map.of(
                "pk", AttributeValue.fromS("OWNER#" + new Owner(owner)),
                "sk", AttributeValue.fromS("TEMPLATE#" + known(kind)));
        cloud.withDynamoDb(dynamoDb -> dynamoDb.deleteItem(
                request -> request.tableName(cloud.table("Config")).key(key)));
        spec.commandLine().getOut().println(owner + " is told in Certtide's words from now on");
        return ExitCode.OK;
    }

    private static String known(String kind) {
        var words = Arrays.stream(Kind.values()).map(Kind::word).toList();
        if (!words.contains(kind)) {
            throw new InvalidInputException(
                    "KIND", "is not known; use " + words.stream().collect(Collectors.joining(", ")));
        }
        return kind;
    }
}

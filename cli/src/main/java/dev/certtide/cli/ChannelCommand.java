package dev.certtide.cli;

import dev.certtide.kit.BrokenChannels;
import dev.certtide.kit.BrokenChannels.Broken;
import dev.certtide.kit.Table;
import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stores channels under names, tries them, and takes them away. Secrets go in and never come out. */
@Command(
        name = "channel",
        description = "Store, try and remove ways to reach people.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class ChannelCommand {
    private static final String PREFIX = "CHANNEL#";
    private static final String STORED =
            "Its kind and its name, such as slack:ops; also teams, pagerduty, telegram and messenger.";

    @Spec
    private CommandSpec spec;

    @Command(
            name = "add",
            description = {
                "Store a channel; one of the same name is replaced.",
                "Its secret is read from standard input, or from the variable " + ChannelSettings.VARIABLE
                        + ": of slack and teams the URL, of pagerduty the routing key, of telegram the bot's token, of messenger the page's."
            },
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int add(
            @Mixin Cloud cloud,
            @Parameters(paramLabel = "CHANNEL", description = STORED) String named,
            @Option(names = "--owner", paramLabel = "ID", description = "For this owner only. Default: for all.")
                    Optional<String> owner,
            @Option(names = "--chat", paramLabel = "ID", description = "Of telegram: which chat.")
                    Optional<String> chat,
            @Option(names = "--recipient", paramLabel = "PSID", description = "Of messenger: which person.")
                    Optional<String> recipient)
            throws IOException {
        var channel = ChannelSettings.stored(named);
        var pk = pk(owner);
        var item = new HashMap<>(key(pk, PREFIX + channel.id()));
        ChannelSettings.of(channel)
                .read(Map.of("chat", chat, "recipient", recipient))
                .forEach((attribute, value) -> item.put(attribute, AttributeValue.fromS(value)));
        cloud.withDynamoDb(dynamoDb -> dynamoDb.putItem(
                request -> request.tableName(cloud.table("Config")).item(item)));
        broken(cloud, marks -> {
            owner.map(Owner::new).ifPresentOrElse(id -> marks.works(id, channel), () -> marks.worksForAll(channel));
            return channel;
        });
        return done(channel.displayName() + " is stored"
                + owner.map(id -> " for " + id).orElse(" for all") + "; try it with: certtide channel test "
                + channel.id());
    }

    @Command(
            name = "ls",
            description = "List what is stored, without secrets, and what does not work.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int ls(
            @Mixin Cloud cloud,
            @Option(names = "--owner", paramLabel = "ID", description = "Of this owner. Default: for all.")
                    Optional<String> owner) {
        var stored = stored(cloud, pk(owner));
        var broken = broken(
                cloud, marks -> owner.map(Owner::new).map(marks::standing).orElseGet(marks::standingForAll));
        if (stored.isEmpty() && broken.isEmpty()) {
            return done("No channels are stored" + owner.map(id -> " for " + id).orElse(" for all") + ".");
        }
        var marks = broken.stream().collect(Collectors.toMap(Broken::key, Function.identity()));
        var rows = new ArrayList<List<String>>();
        stored.forEach(id -> rows.add(List.of(id, state(Optional.ofNullable(marks.get(id))))));
        broken.stream()
                .filter(mark -> !stored.contains(mark.key()))
                .forEach(mark -> rows.add(List.of(shown(mark), state(Optional.of(mark)))));
        Tables.print(spec.commandLine().getOut(), List.of("CHANNEL", "STATE"), rows);
        return ExitCode.OK;
    }

    @Command(
            name = "test",
            description = "Send a test over a channel and wait for how it went.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int test(
            @Mixin Cloud cloud,
            @Parameters(
                            paramLabel = "CHANNEL",
                            description = "Such as slack:ops, email:jane@example.com or sms:+4915112345678.")
                    String id,
            @Option(
                            names = "--owner",
                            paramLabel = "ID",
                            description = "As this owner. Default: ${DEFAULT-VALUE}.",
                            defaultValue = "default")
                    String owner,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            description = "Default: ${DEFAULT-VALUE}.",
                            defaultValue = "60")
                    int seconds) {
        var trial = new ChannelTrial(cloud, new Owner(owner), Channel.ofId(id));
        trial.start();
        return switch (trial.outcome(Duration.ofSeconds(seconds))) {
            case ChannelTrial.Outcome.Delivered _ ->
                done("the test was taken by " + trial.channel().displayName());
            case ChannelTrial.Outcome.Failed(var reason) -> failed("it does not work: " + reason);
            case ChannelTrial.Outcome.Unknown _ ->
                failed(
                        "nothing was heard of the test within " + seconds
                                + " seconds; does the notifier run, and what do its log and the dead-letter queue of notifications say?");
        };
    }

    @Command(
            name = "rm",
            description = "Remove a channel. Whoever is told over it is told over its fallbacks from then on.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int rm(
            @Mixin Cloud cloud,
            @Parameters(paramLabel = "CHANNEL", description = STORED) String named,
            @Option(names = "--owner", paramLabel = "ID", description = "Of this owner. Default: for all.")
                    Optional<String> owner) {
        var channel = ChannelSettings.stored(named);
        var key = key(pk(owner), PREFIX + channel.id());
        var removed = cloud.withDynamoDb(dynamoDb -> dynamoDb.deleteItem(
                request -> request.tableName(cloud.table("Config")).key(key).returnValues("ALL_OLD")));
        return removed.hasAttributes()
                ? done(channel.displayName() + " is removed")
                : failed("there is no " + channel.displayName()
                        + owner.map(id -> " of " + id).orElse(" for all")
                        + "; certtide channel ls shows what there is");
    }

    private static <T> T broken(Cloud cloud, Function<BrokenChannels, T> work) {
        return cloud.withDynamoDb(
                dynamoDb -> work.apply(new BrokenChannels(new Table(dynamoDb, cloud.table("Results")), cloud::now)));
    }

    /** Of a webhook, the address may be a secret. */
    private static String shown(Broken mark) {
        return mark.key().startsWith("webhook:") ? mark.channel() : mark.key();
    }

    private static String state(Optional<Broken> mark) {
        return mark.map(broken ->
                        "does not work: " + broken.reason() + "; to be tried again at " + Span.date(broken.until()))
                .orElse("stored");
    }

    /** Nothing but the keys leaves the table. */
    private static List<String> stored(Cloud cloud, String pk) {
        return cloud.withDynamoDb(dynamoDb -> dynamoDb
                .queryPaginator(request -> request.tableName(cloud.table("Config"))
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                        .expressionAttributeValues(
                                Map.of(":pk", AttributeValue.fromS(pk), ":prefix", AttributeValue.fromS(PREFIX)))
                        .projectionExpression("sk"))
                .items()
                .stream()
                .map(item -> item.get("sk").s().substring(PREFIX.length()))
                .toList());
    }

    /** Owners' identifiers hold no {@code #}, so nobody is taken for the deployment. */
    private static String pk(Optional<String> owner) {
        return owner.map(Owner::new).map(id -> "SECRET#" + id).orElse("SECRET##deployment");
    }

    private static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    }

    private int done(String what) {
        spec.commandLine().getOut().println(what);
        return ExitCode.OK;
    }

    private int failed(String what) {
        spec.commandLine().getErr().println("certtide: " + what);
        return ExitCode.CRITICAL;
    }
}

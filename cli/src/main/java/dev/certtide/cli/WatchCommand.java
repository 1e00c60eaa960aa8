package dev.certtide.cli;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.EventType;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists watches, and asks for their end, their pause and its end. */
@Command(
        name = "watch",
        description = "List what is watched; remove, pause and resume it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class WatchCommand {
    @Spec
    private CommandSpec spec;

    /** Where, whose and which. */
    static final class Which {
        @Mixin
        private Cloud cloud;

        @Parameters(
                arity = "1..*",
                paramLabel = "URL",
                description = "What was published: https://host[:port], or a target as watch ls --json has it.")
        private List<String> urls;

        @Option(
                names = "--owner",
                paramLabel = "ID",
                defaultValue = "default",
                description = "Whose it is. Default: ${DEFAULT-VALUE}.")
        private String owner;

        @Mixin
        private RootsOption roots;
    }

    @Command(
            name = "ls",
            description = "List what is watched, and for whom.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int list(
            @Mixin Cloud cloud,
            @Option(names = "--owner", paramLabel = "ID", description = "Only this owner's.") Optional<String> owner,
            @Option(names = "--json", description = "One JSON object per line.") boolean json) {
        var watches = new ArrayList<Watch>();
        new KeptWatches(cloud).forEach(owner.map(Owner::new), watches::add);
        watches.sort(Comparator.comparing((Watch watch) -> watch.target().id())
                .thenComparing(watch -> watch.owner().id()));
        var out = out();
        if (json) {
            watches.forEach(watch -> out.println(Json.write(watch)));
        } else if (watches.isEmpty()) {
            out.println("Nothing is watched" + owner.map(id -> " for " + id).orElse("") + ".");
        } else {
            Tables.print(
                    out,
                    List.of("TARGET", "OWNER", "STATE", "EXTERNAL ID", "TAGS", "TELLS", "SINCE"),
                    watches.stream().map(WatchCommand::row).toList());
        }
        return ExitCode.OK;
    }

    @Command(
            name = "rm",
            description = "Stop watching URLs for an owner.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int remove(@Mixin Which which) {
        return publish(EventType.URL_REMOVED, which, "removal");
    }

    @Command(
            name = "pause",
            description = "Stop watching URLs until resumed.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int pause(@Mixin Which which) {
        return publish(EventType.URL_PAUSED, which, "pause");
    }

    @Command(
            name = "resume",
            description = "Go on watching, and check now.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int resume(@Mixin Which which) {
        return publish(EventType.URL_RESUMED, which, "resumption");
    }

    private int publish(EventType type, Which which, String what) {
        var owner = new Owner(which.owner);
        // All are read before any is published: a typing error publishes nothing.
        var trusted = which.roots.read();
        var targets = which.urls.stream().map(Target::ofId).map(trusted::of).toList();
        var now = Instant.now();
        NewUrlTopic.open(which.cloud, topic -> {
            topic.publish(targets.stream()
                    .map(target -> OutgoingEvent.text(
                            type, UUID.randomUUID().toString(), now, OutgoingEvent.watch(target, owner)))
                    .toList());
            return null;
        });
        targets.forEach(target -> out().println("published the " + what + " of " + target + " for " + owner));
        return ExitCode.OK;
    }

    private java.io.PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static List<String> row(Watch watch) {
        return List.of(
                watch.target().displayName(),
                watch.owner().id(),
                watch.paused() ? "paused" : "active",
                watch.externalId().orElse("-"),
                orDash(String.join(", ", watch.tags())),
                ShownChannel.of(watch.channels()),
                watch.addedAt().toString().substring(0, 10));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}

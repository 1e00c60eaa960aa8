package dev.certtide.cli;

import dev.certtide.model.Owner;
import dev.certtide.model.incident.Incident.Answer;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists incidents, and says something to them. */
@Command(
        name = "incidents",
        description = "List incidents; acknowledge, snooze and resolve them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class IncidentsCommand {
    @Spec
    private CommandSpec spec;

    /** Which incident, and who says something to it. */
    static final class Which {
        @Mixin
        private Cloud cloud;

        @Parameters(paramLabel = "ID|HOST", description = "The id or its beginning; or a host, if it has only one.")
        private String which;

        @Option(names = "--owner", paramLabel = "ID", description = "Only this owner's.")
        private Optional<String> owner = Optional.empty();

        @Option(names = "--by", paramLabel = "NAME", description = "Who says so.")
        private Optional<String> by = Optional.empty();
    }

    @Command(
            name = "ls",
            description = "List what is open, worst first.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int list(
            @Mixin Cloud cloud,
            @Option(names = "--owner", paramLabel = "ID", description = "Only this owner's.") Optional<String> owner,
            @Option(names = "--all", description = "Also what is over: of each cause, the last one.") boolean all,
            @Option(names = "--json", description = "One JSON object per line.") boolean json) {
        var whose = owner.map(Owner::new);
        var now = cloud.now();
        var out = out();
        return with(cloud, incidents -> {
            var found = all ? incidents.newest(whose) : incidents.open(whose);
            if (json) {
                found.forEach(one -> out.println(IncidentText.json(one, incidents.members(one), now)));
            } else if (found.isEmpty()) {
                out.println((all ? "There was no incident" : "No incident is open")
                        + whose.map(one -> " of " + one).orElse("") + ".");
            } else {
                Tables.print(
                        out,
                        IncidentText.HEADINGS,
                        found.stream()
                                .map(one -> IncidentText.row(one, incidents.members(one), now))
                                .toList());
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "show",
            description = "Show everything about an incident, or about those of a host.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int show(
            @Mixin Cloud cloud,
            @Parameters(paramLabel = "ID|HOST", description = "The id or its beginning; or a host.") String which,
            @Option(names = "--owner", paramLabel = "ID", description = "Only this owner's.") Optional<String> owner) {
        var now = cloud.now();
        return with(cloud, incidents -> {
            var pages = incidents.meant(which, owner.map(Owner::new)).stream()
                    .map(one -> IncidentText.page(one, incidents.members(one), incidents.story(one), now))
                    .toList();
            for (int i = 0; i < pages.size(); i++) {
                if (i > 0) {
                    out().println();
                }
                pages.get(i).forEach(out()::println);
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "ack",
            description = "Acknowledge an incident: no more of it is told unless it becomes worse, or is over.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int acknowledge(@Mixin Which which) {
        return say(which, Answer.Kind.ACKNOWLEDGED, _ -> Optional.empty());
    }

    @Command(
            name = "snooze",
            description = "Hear no more of an incident for a while, unless it becomes worse, or is over.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int snooze(
            @Mixin Which which,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "WHEN",
                            description = "A length of time such as 4h or 2d, or an instant: 2026-12-01T08:00:00Z.")
                    String until) {
        return say(which, Answer.Kind.SNOOZED, now -> Optional.of(Until.parse(until, now)));
    }

    @Command(
            name = "resolve",
            description = "Declare an incident over; if the trouble is still there at the next check, it opens again.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int resolve(@Mixin Which which) {
        return say(which, Answer.Kind.RESOLVED, _ -> Optional.empty());
    }

    private int say(Which which, Answer.Kind kind, Function<Instant, Optional<Instant>> end) {
        var now = which.cloud.now().truncatedTo(ChronoUnit.MILLIS);
        var until = end.apply(now); // What is wrong with it is told before anything is asked.
        var after = with(which.cloud, incidents -> {
            var incident = incidents.meantToBeAnswered(which.which, which.owner.map(Owner::new));
            var answer = new Answer(kind, Answering.at(incident, now), which.by, until);
            return which.cloud.withSqs(sqs -> {
                var url = which.cloud.queue(sqs, "ssl-failures");
                return new Answering(
                                message -> sqs.sendMessage(
                                        request -> request.queueUrl(url).messageBody(message)),
                                () -> incidents.again(incident),
                                // If that ends early, the next look is early.
                                pause -> LockSupport.parkNanos(pause.toNanos()))
                        .say(incident, answer);
            });
        });
        out().println(after.id() + " of " + after.owner() + " (" + after.cause().label() + ") is "
                + IncidentText.state(after, which.cloud.now()));
        return ExitCode.OK;
    }

    private static <T> T with(Cloud cloud, Function<KeptIncidents, T> work) {
        return cloud.withDynamoDb(dynamoDb -> work.apply(new KeptIncidents(cloud, dynamoDb)));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}

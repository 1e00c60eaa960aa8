package dev.certtide.cli;

import dev.certtide.model.Owner;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells why the owners of a host were told what they were told, or nothing. */
@Command(
        name = "why",
        description = "Tell why somebody was told of trouble at a host, or was not.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class WhyCommand implements Callable<Integer> {
    @Mixin
    private Cloud cloud;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST", description = "A host, host:port, or URL.")
    private String host;

    @Option(names = "--owner", paramLabel = "ID", description = "Only what concerns this owner.")
    private Optional<String> owner = Optional.empty();

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    @Override
    public Integer call() {
        var pattern = new HostPattern(host);
        var whose = owner.map(Owner::new);
        var now = cloud.now();
        var stories = cloud.withDynamoDb(dynamoDb -> {
            var chronicle = new Chronicle(cloud, dynamoDb);
            return chronicle.meant(pattern).stream()
                    .map(target -> chronicle.of(target, whose, now))
                    .toList();
        });
        var out = spec.commandLine().getOut();
        for (int i = 0; i < stories.size(); i++) {
            if (i > 0 && !json) {
                out.println();
            }
            var lines = json ? StoryText.json(stories.get(i), now) : StoryText.lines(stories.get(i), now);
            lines.forEach(out::println);
        }
        return ExitCode.OK;
    }
}

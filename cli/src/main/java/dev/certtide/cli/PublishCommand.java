package dev.certtide.cli;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes URLs to {@code new_url}, as a backend would. */
@Command(
        name = "publish",
        description = "Publish URLs to the topic new_url, as a backend would.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class PublishCommand implements Callable<Integer> {
    @Mixin
    private Cloud cloud;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "URL", description = "What to watch: https://host[:port]")
    private List<String> urls;

    @Option(
            names = "--owner",
            paramLabel = "ID",
            defaultValue = "default",
            description = "Whose it is. Default: ${DEFAULT-VALUE}.")
    private String owner;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Tell this mail address of trouble.")
    private List<String> emails = List.of();

    @Option(names = "--webhook", paramLabel = "URL", description = "Tell this webhook of trouble.")
    private List<String> webhooks = List.of();

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            description = "Tell this channel of trouble: one that is stored, such as slack:ops, or sms:+4915112345678.")
    private List<String> others = List.of();

    @Mixin
    private RootsOption roots;

    @Override
    public Integer call() {
        var whose = new Owner(owner);
        var channels = Stream.of(
                        emails.stream().<Channel>map(Channel.Email::new),
                        webhooks.stream().<Channel>map(Channel.Webhook::new),
                        others.stream().map(Channel::ofId))
                .flatMap(stream -> stream)
                .toList();
        // All are read before any is published: a typing error publishes nothing.
        var trusted = roots.read();
        var targets = urls.stream().map(Target::parse).map(trusted::of).toList();
        trusted.expired(Instant.now())
                .forEach(note -> spec.commandLine().getErr().println(note));
        var now = Instant.now();
        NewUrlTopic.open(cloud, topic -> {
            topic.publish(targets.stream()
                    .map(target -> event(target, trusted, whose, channels, now))
                    .toList());
            return null;
        });
        targets.forEach(target -> spec.commandLine().getOut().println("published " + target + " for " + whose));
        return ExitCode.OK;
    }

    private static String event(
            Target target, RootsOption.Trusted trusted, Owner owner, List<Channel> channels, Instant time) {
        var data = OutgoingEvent.watch(target, owner);
        trusted.pem().ifPresent(pem -> data.put("privateRoots", pem));
        data.put("channels", OutgoingEvent.trees(channels));
        return OutgoingEvent.text(EventType.URL_ADDED, UUID.randomUUID().toString(), time, data);
    }
}

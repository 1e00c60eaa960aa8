package dev.certtide.cli;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.event.EventType;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** Publishes URLs to {@code new_url}, as a backend would. */
@Command(
        name = "publish",
        description = "Publish URLs to the topic new_url, as a backend would.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class PublishCommand implements Callable<Integer> {
    private static final int MOST_PER_REQUEST = 10;

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

    @Override
    public Integer call() {
        var whose = new Owner(owner);
        var channels = Stream.concat(
                        emails.stream().<Channel>map(Channel.Email::new),
                        webhooks.stream().<Channel>map(Channel.Webhook::new))
                .toList();
        // All are read before any is published: a typing error publishes nothing.
        var targets = urls.stream().map(Target::parse).toList();
        cloud.withSns(sns -> publish(sns, targets, whose, channels));
        targets.forEach(target -> spec.commandLine().getOut().println("published " + target + " for " + whose));
        return ExitCode.OK;
    }

    private Void publish(SnsClient sns, List<Target> targets, Owner whose, List<Channel> channels) {
        var topic = cloud.topic(sns, "new_url");
        targets.stream().gather(Gatherers.windowFixed(MOST_PER_REQUEST)).forEach(batch -> {
            var entries = IntStream.range(0, batch.size())
                    .mapToObj(i -> PublishBatchRequestEntry.builder()
                            .id(Integer.toString(i))
                            .message(event(batch.get(i), whose, channels))
                            .build())
                    .toList();
            var failed = sns.publishBatch(request -> request.topicArn(topic).publishBatchRequestEntries(entries))
                    .failed();
            if (!failed.isEmpty()) {
                throw new IllegalStateException("SNS refused " + failed.size() + " URLs: "
                        + failed.getFirst().message());
            }
        });
        return null;
    }

    static String event(Target target, Owner owner, List<Channel> channels) {
        var data = new LinkedHashMap<String, Object>();
        data.put("url", target.id());
        data.put("owner", owner.id());
        data.put("channels", channels.stream().map(PublishCommand::tree).toList());
        var event = new LinkedHashMap<String, Object>();
        event.put("specversion", "1.0");
        event.put("id", UUID.randomUUID().toString());
        event.put("source", "urn:certtide:cli");
        event.put("type", EventType.URL_ADDED.typeName());
        event.put("time", Instant.now().toString());
        event.put("data", data);
        return Json.write(event);
    }

    private static Map<String, String> tree(Channel channel) {
        return switch (channel) {
            case Channel.Email(var address) -> Map.of("type", "email", "address", address);
            case Channel.Webhook(var url) -> Map.of("type", "webhook", "url", url);
        };
    }
}

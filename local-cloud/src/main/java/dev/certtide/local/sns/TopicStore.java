package dev.certtide.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Keeps topics and subscriptions in one JSON file, which is replaced as a whole. */
final class TopicStore {
    private final Path file;

    TopicStore(Path file) {
        this.file = file;
    }

    Map<String, Topics.Topic> read() {
        var topics = new TreeMap<String, Topics.Topic>();
        if (!Files.exists(file)) return topics;
        try {
            for (var topic : Notification.JSON.readTree(file.toFile())) {
                var arn = topic.path("arn").asText();
                var subscriptions = new ArrayList<Subscription>();
                for (var each : topic.path("subscriptions")) {
                    subscriptions.add(Subscription.of(
                            each.path("arn").asText(),
                            arn,
                            each.path("endpoint").asText(),
                            strings(each.path("attributes"))));
                }
                topics.put(arn, new Topics.Topic(arn, strings(topic.path("attributes")), subscriptions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return topics;
    }

    void write(Collection<Topics.Topic> topics) {
        var all = Notification.JSON.createArrayNode();
        for (var topic : topics) {
            var json = all.addObject().put("arn", topic.arn());
            topic.attributes().forEach(json.putObject("attributes")::put);
            var subscriptions = json.putArray("subscriptions");
            for (var subscription : topic.subscriptions()) {
                var each = subscriptions
                        .addObject()
                        .put("arn", subscription.arn())
                        .put("endpoint", subscription.endpoint());
                subscription.attributes().forEach(each.putObject("attributes")::put);
            }
        }
        try {
            var part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, all.toPrettyString());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Map<String, String> strings(JsonNode object) {
        var all = new TreeMap<String, String>();
        object.properties()
                .forEach(field -> all.put(field.getKey(), field.getValue().asText()));
        return all;
    }
}

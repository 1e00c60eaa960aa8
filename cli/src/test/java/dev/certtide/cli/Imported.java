package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import dev.certtide.model.event.UrlEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What comes of a sheet that is imported, where the cloud would be. */
final class Imported {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final List<UrlEvent> events = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<Integer> requests = new ArrayList<>();

    /** The events that were published. */
    List<UrlEvent> events() {
        return events;
    }

    /** What was said of lines that could not be used. */
    List<String> complaints() {
        return complaints;
    }

    /** The bytes of each request. */
    List<Integer> requests() {
        return requests;
    }

    /** The hosts of the events. */
    List<String> hosts() {
        return events.stream().map(event -> event.target().host()).toList();
    }

    /** Imports a sheet. */
    void take(String text) throws IOException {
        run(text, ImportProgress.begun("x", NOON), this::publish, _ -> {});
    }

    /** Imports a sheet, or the rest of it. */
    UrlImport run(
            String text, ImportProgress begun, Consumer<List<String>> publisher, Consumer<ImportProgress> published)
            throws IOException {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        var urls = new UrlImport(
                new UrlSheet(new NumberedLines(bytes), "urls.csv"),
                "me",
                begun,
                publisher,
                published,
                line -> complaints.add(line.where() + ": " + line.problem()));
        urls.run(() -> {});
        return urls;
    }

    /** Takes the messages of a request. */
    void publish(List<String> messages) {
        requests.add(messages.stream().mapToInt(PublishRequests::bytes).sum());
        assertTrue(messages.size() <= PublishRequests.MOST_MESSAGES);
        for (var message : messages) {
            for (var element : NewUrlMessage.parse(message)) {
                events.add(((Element.Accepted) element).event());
            }
        }
    }
}

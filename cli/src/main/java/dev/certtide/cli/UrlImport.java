package dev.certtide.cli;

import dev.certtide.cli.UrlSheet.Row;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes messages of the rows of a sheet: several events to a message, ten messages to a request. Holds no more than one
 * request, however long the sheet is.
 */
final class UrlImport {
    /**
     * A message is done when its last event is, which takes some round trips each. Few are enough to save requests, and on
     * one's own machine, where an import is more than the tables can take at once, many would not be done in time.
     */
    static final int MOST_EVENTS = 5;

    private final UrlSheet sheet;
    private final String owner;
    private final ImportProgress begun;
    private final PublishRequests requests;
    private final Consumer<ImportProgress> published;
    private final Consumer<Entry.Unusable> complaints;

    private final List<String> message = new ArrayList<>();
    private int messageBytes;
    private long lastLine;
    private long usable;
    private long unusable;

    /**
     * @param owner for rows that name none
     * @param begun what has been published before, and the time of the import
     * @param publisher is given the messages of a request
     * @param published is told how far all is published, after each request
     * @param complaints is told of each line that can't be used
     */
    UrlImport(
            UrlSheet sheet,
            String owner,
            ImportProgress begun,
            Consumer<List<String>> publisher,
            Consumer<ImportProgress> published,
            Consumer<Entry.Unusable> complaints) {
        this.sheet = sheet;
        this.owner = owner;
        this.begun = begun;
        this.requests = new PublishRequests(publisher);
        this.published = published;
        this.complaints = complaints;
        this.lastLine = begun.line();
        this.unusable = begun.unusable();
    }

    /** Goes through the sheet; {@code eachRow} is called after each row. */
    void run(Runnable eachRow) throws IOException {
        for (var row = sheet.next(); row.isPresent(); row = sheet.next()) {
            if (row.get().line() > begun.line()) {
                take(row.get());
            }
            eachRow.run();
        }
        endMessage();
        requests.publish();
        tellPublished();
    }

    /** How many rows were published, without those of earlier attempts. */
    long usable() {
        return usable;
    }

    /** How many rows could not be used, those of earlier attempts too. */
    long unusable() {
        return unusable;
    }

    private void take(Row row) {
        switch (row) {
            case Row.Blank _ -> {}
            case Row.Broken(long line, String problem) -> complain(line, problem);
            case Row.Cells(long line, var cells) -> {
                try {
                    // The later of two rows of one owner and target has the last word.
                    var time = begun.startedAt().plusNanos(2 * line);
                    add(UrlRow.events(cells, owner, Fingerprint.of(begun.what() + begun.startedAt() + line), time));
                    usable++;
                } catch (InvalidInputException invalid) {
                    complain(line, invalid.getMessage());
                }
            }
        }
        lastLine = row.line();
    }

    private void complain(long line, String problem) {
        unusable++;
        complaints.accept(new Entry.Unusable(sheet.where(line), problem));
    }

    private void add(List<String> events) {
        int more = events.stream()
                .mapToInt(event -> PublishRequests.bytes(event) + 1)
                .sum();
        if (message.size() + events.size() > MOST_EVENTS || messageBytes + more + 1 > PublishRequests.MOST_BYTES) {
            endMessage();
        }
        message.addAll(events);
        messageBytes += more;
    }

    /** Called before the events of another row are added: what is in a message are whole rows. */
    private void endMessage() {
        if (!message.isEmpty()) {
            var isAllPublished = requests.add("[" + String.join(",", message) + "]");
            message.clear();
            messageBytes = 0;
            if (isAllPublished) {
                tellPublished();
            }
        }
    }

    private void tellPublished() {
        published.accept(begun.upTo(lastLine, unusable));
    }
}

package dev.certtide.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Fills requests with messages, as many as SNS takes at once. */
final class PublishRequests {
    /** Amazon SNS API Reference, "PublishBatch": ten messages, of 256 KiB together. */
    static final int MOST_MESSAGES = 10;

    static final int MOST_BYTES = 256 * 1024;

    private final Consumer<List<String>> publisher;
    private final List<String> request = new ArrayList<>();
    private int requestBytes;

    /**
     * With nothing in them yet.
     *
     * @param publisher is given the messages of each request
     */
    PublishRequests(Consumer<List<String>> publisher) {
        this.publisher = publisher;
    }

    /** How much of a request a message takes. */
    static int bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Adds a message, and publishes what is full.
     *
     * @return whether all that was added is published
     */
    boolean add(String message) {
        int more = bytes(message);
        if (requestBytes + more > MOST_BYTES) {
            publish();
        }
        request.add(message);
        requestBytes += more;
        if (request.size() == MOST_MESSAGES) {
            publish();
        }
        return request.isEmpty();
    }

    /** Publishes what has been added and is not published yet. */
    void publish() {
        if (!request.isEmpty()) {
            publisher.accept(List.copyOf(request));
            request.clear();
            requestBytes = 0;
        }
    }
}

package dev.certtide.probe.fetch;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Fetches what an address holds. Thread-safe. */
@FunctionalInterface
public interface Fetcher {
    /**
     * Fetches all of it.
     *
     * @param uri http or https
     * @param largest the most bytes to take; what has more is a failure
     * @param patience the longest that it may take, redirects included
     * @throws CongestedException if it was not fetched because too much else is being fetched
     * @throws IOException if there is no such thing there, or it may not be visited, or is too large or too slow
     */
    byte[] fetch(URI uri, int largest, Duration patience) throws IOException;
}

package dev.certtide.probe.trust;

import java.io.IOException;
import java.util.Optional;

/** A list of roots that somebody renews, wherever it lies: {@link RenewedAnchors} looks at it. */
public interface AnchorList {
    /** What it is called in a sentence: {@code The list of roots /etc/certtide/roots.pem}. */
    String title();

    /**
     * Changes whenever the list does; empty where there is none.
     *
     * @throws IOException if that cannot be found out now
     */
    Optional<String> version() throws IOException;

    /**
     * The list.
     *
     * @param version what {@link #version} has just said
     * @throws IllegalArgumentException if it is no list of roots, and will be none until there is another version
     * @throws IOException if it cannot be read now
     */
    RootBundle read(String version) throws IOException;
}

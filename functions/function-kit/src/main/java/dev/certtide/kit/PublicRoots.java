package dev.certtide.kit;

import dev.certtide.model.Fingerprint;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list of public roots in the table {@code Config}, where a deployment has one in place of that which came with
 * Certtide. The list lies under its version, and the one before stays where it is, so that whoever reads while it is replaced
 * gets the old one or the new one, and never some of each.
 */
public final class PublicRoots {
    /** An item has 400 KB at most, with its key and the names of its attributes. */
    public static final int MOST_BYTES = 390_000;

    private static final String ROOTS = "ROOTS##public";
    private static final String CURRENT = "CURRENT";
    private static final String LIST = "LIST#";
    private static final String VERSION = "version";
    private static final String PEM = "pem";
    private static final String STORED_ON = "storedOn";

    private final Table config;

    /** The public roots in that table. */
    public PublicRoots(Table config) {
        this.config = config;
    }

    /**
     * A list.
     *
     * @param pem as it was stored
     * @param storedOn the day of that, in UTC
     */
    public record Stored(String pem, LocalDate storedOn) {}

    /** The SHA-256 of the list that counts; none when it is that which came with Certtide. */
    public Optional<String> version() {
        return config.get(ROOTS, CURRENT).map(item -> item.get(VERSION));
    }

    /**
     * The list of that version, if it is still there.
     *
     * @throws IllegalStateException when it is another one
     */
    public Optional<Stored> find(String version) {
        var stored = config.get(ROOTS, LIST + version)
                .map(item -> new Stored(item.get(PEM), LocalDate.parse(item.get(STORED_ON))));
        if (stored.isPresent() && !Fingerprint.of(stored.get().pem()).equals(version)) {
            throw new IllegalStateException("What is stored as the public roots " + version + " is something else");
        }
        return stored;
    }

    /**
     * Has this list count from now on.
     *
     * @param list its text has {@link #MOST_BYTES} at most
     */
    public void store(Stored list) {
        var before = version();
        var version = Fingerprint.of(list.pem());
        config.put(Item.of(ROOTS, LIST + version)
                .with(PEM, list.pem())
                .with(STORED_ON, list.storedOn().toString()));
        config.put(Item.of(ROOTS, CURRENT).with(VERSION, version));
        removeAllBut(Stream.concat(Stream.of(version), before.stream()).collect(Collectors.toSet()));
    }

    /** Has the list that came with Certtide count again. */
    public void remove() {
        config.delete(ROOTS, CURRENT);
        removeAllBut(Set.of());
    }

    private void removeAllBut(Set<String> versions) {
        config.query(ROOTS, LIST).stream()
                .map(Item::sk)
                .filter(list -> !versions.contains(list.substring(LIST.length())))
                .forEach(list -> config.delete(ROOTS, list));
    }
}

package dev.certtide.failures;

import dev.certtide.kit.Table;
import dev.certtide.model.Owner;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/** The channels that the notifier found to be of no use; each is tried again after a while. */
final class BrokenChannels {
    private static final String BROKEN = "BROKEN#";

    private final Table results;
    private final InstantSource clock;

    BrokenChannels(Table results, InstantSource clock) {
        this.results = results;
        this.clock = clock;
    }

    /** The ids of those of an owner. */
    Set<String> of(Owner owner) {
        long now = clock.instant().getEpochSecond();
        return results.query("OWNER#" + owner, BROKEN).stream()
                .filter(item -> item.findNumber("expiresAt").orElse(Long.MAX_VALUE) >= now)
                .map(item -> item.sk().substring(BROKEN.length()))
                .collect(Collectors.toSet());
    }
}

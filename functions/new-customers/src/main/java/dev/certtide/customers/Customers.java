package dev.certtide.customers;

import dev.certtide.kit.Condition;
import dev.certtide.kit.Results;
import dev.certtide.kit.Table;
import dev.certtide.model.Owner;
import dev.certtide.model.event.UrlEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The table {@code Marketing}: who signed up, when, and with which sites.
 *
 * <p>Events may come late, again and in any order; what they come to is the same.
 */
final class Customers {
    /** Items of one message that are written at once: it may hold thousands of sites, and of customers too. */
    private static final int WRITES_AT_ONCE = 16;

    /** Against another process that writes the same customer; in this one they wait for each other. */
    private static final int ATTEMPTS = 10;

    private final List<ReentrantLock> locks =
            IntStream.range(0, 64).mapToObj(_ -> new ReentrantLock()).toList();
    private final Table marketing;
    private final InstantSource clock;

    Customers(Table marketing, InstantSource clock) {
        this.marketing = marketing;
        this.clock = clock;
    }

    /**
     * A customer, and when which of the sites were added.
     *
     * @param sites target ids with the earliest time that is known from the events at hand
     */
    record Welcomed(Profile profile, Map<String, Instant> sites) {}

    /** Keeps what the events of a message say, and tells what is known of their customers now. */
    List<Welcomed> welcome(Collection<UrlEvent.Added> events) {
        var welcomed = new LinkedHashMap<String, Welcomed>();
        for (var added : events) {
            if (canBeReached(added)) {
                var at = added.origin().time().orElseGet(clock::instant);
                var one = new Welcomed(
                        Profile.of(added, at), Map.of(added.target().id(), at));
                welcomed.merge(one.profile().owner(), one, Customers::both);
            }
        }
        welcomed.values().stream()
                .flatMap(Customers::sites)
                .gather(Gatherers.mapConcurrent(WRITES_AT_ONCE, this::keep))
                .forEach(_ -> {});
        return welcomed.values().stream()
                .gather(Gatherers.mapConcurrent(WRITES_AT_ONCE, this::keep))
                .toList();
    }

    private static boolean canBeReached(UrlEvent.Added added) {
        return !added.owner().equals(Owner.DEFAULT) || added.customer().email().isPresent();
    }

    private static Welcomed both(Welcomed one, Welcomed other) {
        var sites = new LinkedHashMap<>(one.sites());
        other.sites().forEach((site, at) -> sites.merge(site, at, (a, b) -> a.isBefore(b) ? a : b));
        return new Welcomed(one.profile().with(other.profile()), sites);
    }

    private record Site(String pk, String target, Instant addedAt) {}

    private static Stream<Site> sites(Welcomed said) {
        var pk = Profile.pk(said.profile().owner());
        return said.sites().entrySet().stream().map(site -> new Site(pk, site.getKey(), site.getValue()));
    }

    private boolean keep(Site site) {
        var time = Results.sortable(site.addedAt());
        return marketing.update(
                site.pk(),
                "SITE#" + site.target(),
                Map.of("addedAt", Optional.of(time)),
                Condition.absentOrMore("addedAt", time));
    }

    private Welcomed keep(Welcomed said) {
        var pk = Profile.pk(said.profile().owner());
        var lock = locks.get(Math.floorMod(pk.hashCode(), locks.size()));
        lock.lock();
        try {
            return new Welcomed(keep(pk, said.profile()), said.sites());
        } finally {
            lock.unlock();
        }
    }

    private Profile keep(String pk, Profile said) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var before = marketing.get(pk, "PROFILE");
            var known = before.map(Profile::read);
            var now = known.map(said::with).orElse(said);
            if (known.filter(now::equals).isPresent()
                    || marketing.put(now.item(), before.map(Profile::unchanged).orElseGet(Condition::absent))) {
                return now;
            }
        }
        throw new IllegalStateException("Others kept changing the customer; the message comes back");
    }
}

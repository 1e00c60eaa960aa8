package dev.certtide.simulation;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server of the world, as it is: which certificates it serves on its addresses, and whether it can be reached. */
final class Host {
    private final Target target;
    private final List<String> addresses;
    private Served newest;
    private Optional<Served> older = Optional.empty();
    private int outages;
    private Instant changedAt;
    private final List<Outage> past = new ArrayList<>();
    private Instant outSince = Instant.MAX;

    /**
     * A certificate as it is served.
     *
     * @param issuer the intermediate that is sent with it
     */
    record Served(CertificateReport leaf, CertificateReport issuer) {}

    /** A time in which the host could not be reached. */
    record Outage(Instant from, Instant to) {}

    Host(Target target, List<String> addresses, Served served, Instant now) {
        this.target = target;
        this.addresses = addresses;
        this.newest = served;
        this.changedAt = now;
    }

    Target target() {
        return target;
    }

    List<String> addresses() {
        return addresses;
    }

    Served served() {
        return newest;
    }

    /** What address number {@code i} serves: the first one gets a new certificate last. */
    Served served(int i) {
        return i == 0 ? older.orElse(newest) : newest;
    }

    boolean isReachable() {
        return outages == 0;
    }

    boolean isSplit() {
        return older.isPresent();
    }

    /** When something about it changed last. */
    Instant changedAt() {
        return changedAt;
    }

    /** Serves another certificate on all addresses but the first, where there are several. */
    void roll(Served next, Instant now) {
        older = addresses.size() > 1 ? Optional.of(older.orElse(newest)) : Optional.empty();
        newest = next;
        changedAt = now;
    }

    /** Serves the newest certificate everywhere. */
    void settle(Instant now) {
        older = Optional.empty();
        changedAt = now;
    }

    /** Something about its certificate changed that it had no part in: it was revoked, or distrusted. */
    void touch(Instant now) {
        changedAt = now;
    }

    void lose(Instant now) {
        if (outages++ == 0) {
            outSince = now;
        }
        changedAt = now;
    }

    void find(Instant now) {
        if (--outages == 0) {
            past.add(new Outage(outSince, now));
            outSince = Instant.MAX;
        }
        changedAt = now;
    }

    /** Whether it could be reached all the time from one instant to the other. */
    boolean wasReachable(Instant from, Instant to) {
        return (isReachable() || outSince.isAfter(to))
                && past.stream()
                        .noneMatch(outage ->
                                outage.from().isBefore(to) && outage.to().isAfter(from));
    }
}

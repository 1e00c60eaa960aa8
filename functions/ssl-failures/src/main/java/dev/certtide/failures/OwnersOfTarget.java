package dev.certtide.failures;

import dev.certtide.failures.IncidentSteps.Change;
import dev.certtide.kit.Config;
import dev.certtide.kit.Incidents;
import dev.certtide.kit.SideBySide;
import dev.certtide.kit.Standings;
import dev.certtide.model.Owner;
import dev.certtide.model.Watch;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Standing;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** What a target's standing means to each owner who watches it: their incidents begin, go on and end by it. */
final class OwnersOfTarget {
    private static final int MOST_AT_ONCE = 50;

    /** Each try fails only because the watch was changed meanwhile, or the room was taken. */
    private static final int MOST_TRIES = 20;

    private final Config config;
    private final OwnerPolicies policies;
    private final Standings standings;
    private final Incidents incidents;
    private final IncidentLooks looks;
    private final Sharing sharing;
    private final InstantSource clock;

    OwnersOfTarget(
            Config config,
            OwnerPolicies policies,
            Standings standings,
            Incidents incidents,
            IncidentLooks looks,
            InstantSource clock) {
        this.config = config;
        this.policies = policies;
        this.standings = standings;
        this.incidents = incidents;
        this.looks = looks;
        this.sharing = new Sharing(incidents);
        this.clock = clock;
    }

    /**
     * What a standing is to one owner.
     *
     * @param owner who
     * @param standing how the target stands
     * @param watch the owner's watch, unless there is none or it is paused
     * @param recorded the causes of which it is written down that the target takes part in an incident
     * @param before the causes of which it took part in one: these, and those that were settled last
     * @param now the causes that it has now
     */
    record Concern(
            Owner owner,
            Standing standing,
            Optional<Watch> watch,
            Set<Cause> recorded,
            Set<Cause> before,
            Map<Cause, Assessment> now) {
        boolean isTrouble() {
            return !now.isEmpty();
        }

        private boolean isSettled() {
            return before.equals(now.keySet()) && recorded.equals(before);
        }

        private Set<Cause> all() {
            return union(before, now.keySet());
        }
    }

    private static Set<Cause> union(Set<Cause> some, Set<Cause> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toSet());
    }

    /**
     * All who watch the target, or did when they were told of it. Those first to whom it is news: whoever begins again,
     * since there was no time for all, does not begin with those who know.
     *
     * @param earlier what it was to them when it was settled last by the same caller: who wrote by another standing must
     *     know what, though somebody else has taken the target out of it meanwhile
     */
    List<Concern> of(Standing standing, List<Concern> earlier) {
        var watches = config.watches(standing.target()).stream()
                .filter(watch -> !watch.paused())
                .collect(Collectors.toMap(Watch::owner, Function.identity()));
        var recorded = standings.causes(standing.target());
        var before = new HashMap<>(recorded);
        earlier.stream()
                .filter(concern -> !concern.all().isEmpty())
                .forEach(concern -> before.merge(concern.owner(), concern.all(), OwnersOfTarget::union));
        var owners = Stream.concat(watches.keySet().stream(), before.keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return owners.stream()
                .gather(Gatherers.mapConcurrent(
                        atOnce(owners.size()),
                        owner -> concern(
                                standing,
                                owner,
                                Optional.ofNullable(watches.get(owner)),
                                recorded.getOrDefault(owner, Set.of()),
                                before.getOrDefault(owner, Set.of()))))
                .sorted(Comparator.comparing(Concern::isSettled))
                .toList();
    }

    /** A few are done one after the other, which is as fast. */
    private static int atOnce(int owners) {
        return Math.clamp(owners / 10, 1, MOST_AT_ONCE);
    }

    private Concern concern(
            Standing standing, Owner owner, Optional<Watch> watch, Set<Cause> recorded, Set<Cause> before) {
        var now = watch.map(watching -> Assessment.of(
                        standing,
                        policies.of(watching),
                        clock.instant(),
                        cause -> sharing.takesPart(watching, cause, before)))
                .orElse(Map.of());
        return new Concern(owner, standing, watch, recorded, before, now);
    }

    /** Has the incidents of these owners agree with it, and decides what to tell. Where it fails for one, others are told. */
    void settle(List<Concern> concerns) {
        SideBySide.each(concerns, Concern::owner, atOnce(concerns.size()), this::settle);
    }

    /** What is written by what a watch was may come after all that was written by what it is, and must not stay. */
    private void settle(Concern concern) {
        var current = Optional.of(concern);
        for (int i = 0; current.isPresent(); i++) {
            if (i == MOST_TRIES) {
                throw new IllegalStateException(
                        "The watch of " + concern.owner() + " is being changed by many at once");
            }
            current = again(current.get(), agree(current.get()));
        }
    }

    /** What it is to the owner if that is something else by now. */
    private Optional<Concern> again(Concern settled, boolean isWritten) {
        var standing = settled.standing();
        var owner = settled.owner();
        var watch =
                isWritten ? config.watch(standing.target(), owner).filter(known -> !known.paused()) : settled.watch();
        if (!watch.equals(settled.watch())) {
            // Whoever changed it may have written down something else since.
            return Optional.of(concern(standing, owner, watch, Set.of(), settled.all()));
        }
        return wasLeftOut(settled)
                ? Optional.of(concern(
                        standing,
                        owner,
                        watch,
                        settled.now().keySet(),
                        settled.now().keySet()))
                : Optional.empty();
    }

    /** Whether anything had to be written. */
    private boolean agree(Concern concern) {
        var target = concern.standing().target();
        boolean isWritten = !concern.isSettled();
        if (!concern.recorded().containsAll(concern.now().keySet())) {
            standings.put(target, concern.owner(), concern.all());
        }
        for (var trouble : concern.now().entrySet()) {
            var cause = trouble.getKey();
            if (cause.target().isEmpty()) {
                incidents.join(concern.owner(), cause, target);
            }
            isWritten |= looks.change(concern.owner(), cause, seen(concern, trouble.getValue()));
        }
        var gone = new HashSet<>(concern.before());
        gone.removeAll(concern.now().keySet());
        for (var cause : gone) {
            incidents.leave(concern.owner(), cause, target);
            if (!incidents.hasMembers(concern.owner(), cause)) {
                end(concern, cause);
            }
        }
        if (!gone.isEmpty()) {
            standings.put(target, concern.owner(), concern.now().keySet());
        }
        return isWritten;
    }

    /** Others who joined at the same time may have taken the room. */
    private boolean wasLeftOut(Concern concern) {
        return concern.now().keySet().stream()
                .filter(cause -> cause.target().isEmpty())
                .anyMatch(cause -> !sharing.hasRoom(concern.watch().orElseThrow(), cause));
    }

    private void end(Concern concern, Cause cause) {
        var standing = concern.standing();
        looks.change(
                concern.owner(),
                cause,
                new Change.Gone(concern.watch().isEmpty(), standing.leaf(), standing.lastResultAt()));
        // A target that joined meanwhile may have found the incident still open.
        if (incidents.hasMembers(concern.owner(), cause)) {
            looks.reopen(concern.owner(), cause);
        }
    }

    private Change seen(Concern concern, Assessment assessment) {
        var standing = concern.standing();
        return new Change.Seen(
                standing.target(),
                assessment.level(),
                assessment.findings(),
                standing.leaf(),
                concern.watch().orElseThrow().channels(),
                assessment.since());
    }
}

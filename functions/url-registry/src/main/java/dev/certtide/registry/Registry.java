package dev.certtide.registry;

import dev.certtide.kit.KeptRoots;
import dev.certtide.kit.Queue;
import dev.certtide.kit.SideBySide;
import dev.certtide.kit.TargetMargins;
import dev.certtide.kit.UrlEventBatch.Refusal;
import dev.certtide.kit.Watches;
import dev.certtide.model.Owner;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.WatchChanges;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.UrlEvent;
import dev.certtide.model.event.WatchAdded;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** Who watches what. Events may come late, again and in any order; what they come to is the same. */
final class Registry {
    /** Owners of one message that are worked on at once: it may hold thousands, and each takes some round trips. */
    private static final int OWNERS_AT_ONCE = 8;

    /** Targets of one owner that are: as many may be of one owner alone. */
    private static final int TARGETS_AT_ONCE = 8;

    private final Watches watches;
    private final KeptRoots roots;
    private final OwnerLimits limits;
    private final TargetSchedule schedule;
    private final Queue failures;
    private final InstantSource clock;

    Registry(
            Watches watches,
            KeptRoots roots,
            OwnerLimits limits,
            TargetSchedule schedule,
            Queue failures,
            InstantSource clock) {
        this.watches = watches;
        this.roots = roots;
        this.limits = limits;
        this.schedule = schedule;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * Applies the events of one message, all of which have a time, those of one owner and target in their order.
     *
     * @param refuse is given those that exceed their owner's limits, and those whose private roots are not known or left
     *     out. If it fails, or anything else, the message must come again
     */
    void apply(List<UrlEvent> events, Consumer<List<Refusal>> refuse) {
        var charges = new Charges(limits);
        try {
            refuse.accept(refused(events, charges));
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("The time is up, and the message comes again");
            }
        } catch (RuntimeException | Error failed) {
            charges.giveBack(failed);
            throw failed;
        }
    }

    private List<Refusal> refused(List<UrlEvent> events, Charges charges) {
        var named = namedRoots(events);
        var byTheirRoots = events.stream()
                .collect(Collectors.partitioningBy(event -> !(event instanceof UrlEvent.Added)
                        || event.target().roots().map(named::containsKey).orElse(true)));
        var refused = new ConcurrentLinkedQueue<Refusal>();
        byTheirRoots.get(false).stream().map(Refusals::unknownRoots).forEach(refused::add);
        SideBySide.each(
                grouped(byTheirRoots.get(true), UrlEvent::owner).entrySet(),
                Map.Entry::getKey,
                OWNERS_AT_ONCE,
                one -> refused.addAll(apply(one.getKey(), one.getValue(), named, charges)));
        return List.copyOf(refused);
    }

    /** The private roots that additions bring, and those that they name and that are kept. */
    private Map<String, PrivateRoots> namedRoots(List<UrlEvent> events) {
        var named = UrlEvent.privateRoots(events);
        events.stream()
                .filter(UrlEvent.Added.class::isInstance)
                .flatMap(event -> event.target().roots().stream())
                .distinct()
                .filter(name -> !named.containsKey(name))
                .forEach(name -> roots.find(name).ifPresent(kept -> named.put(name, kept)));
        return named;
    }

    /** What one owner's events about one target will come to. */
    private record Plan(Watches.Kept before, List<UrlEvent> events) {
        boolean begins() {
            return !before.changes().isWanted() && after().isWanted();
        }

        boolean ends() {
            return before.changes().isWanted() && !after().isWanted();
        }

        WatchChanges after() {
            return fold(before.changes(), events);
        }

        TargetMargins.Change change() {
            return new TargetMargins.Change(policy(before.changes()), policy(after()));
        }

        private Optional<Policy> policy(WatchChanges changes) {
            return changes.watch(before.target(), before.owner())
                    .filter(watch -> !watch.paused())
                    .map(Watch::policy);
        }
    }

    private List<Refusal> apply(
            Owner owner, List<UrlEvent> events, Map<String, PrivateRoots> named, Charges charges) {
        // Requests to check are the checker's business; they count all the same.
        var changing = events.stream()
                .filter(event -> !(event instanceof UrlEvent.CheckRequested))
                .toList();
        var plans = grouped(changing, UrlEvent::target).entrySet().stream()
                .gather(Gatherers.mapConcurrent(
                        TARGETS_AT_ONCE, target -> new Plan(watches.read(target.getKey(), owner), target.getValue())))
                .toList();
        var meant = plans.stream().collect(Collectors.partitioningBy(plan -> !isAboutAnother(plan)));
        return Stream.concat(
                        meant.get(false).stream()
                                .flatMap(plan -> plan.events().stream())
                                .map(Refusals::withoutRoots),
                        admit(owner, events, meant.get(true), named, charges).stream())
                .toList();
    }

    /**
     * Whether somebody leaves out the private roots who wants a watch removed, paused or resumed: there is none by the
     * public ones, nor ever was, but there is one beside it. Passed over in silence, its owner would be told for ever.
     */
    private boolean isAboutAnother(Plan plan) {
        var kept = plan.before();
        return kept.item().isEmpty()
                && kept.target().roots().isEmpty()
                && plan.events().stream().noneMatch(UrlEvent.Added.class::isInstance)
                && roots.targetsBeside(kept.target()).stream()
                        .anyMatch(beside ->
                                watches.read(beside, kept.owner()).changes().isWanted());
    }

    private List<Refusal> admit(
            Owner owner,
            List<UrlEvent> events,
            List<Plan> plans,
            Map<String, PrivateRoots> named,
            Charges charges) {
        int beginning = (int) plans.stream().filter(Plan::begins).count();
        int ending = (int) plans.stream().filter(Plan::ends).count();
        return switch (charges.admit(owner, events.size(), beginning, ending)) {
            case OwnerLimits.Admission.TooManyEvents _ ->
                events.stream()
                        .map(event -> Refusals.tooManyEvents(event, events.size(), limits.mostEvents()))
                        .toList();
            case OwnerLimits.Admission.Granted granted -> apply(owner, plans, granted, named);
        };
    }

    private List<Refusal> apply(
            Owner owner, List<Plan> plans, OwnerLimits.Admission.Granted admitted, Map<String, PrivateRoots> named) {
        var granted = new ArrayList<Plan>();
        var excess = new ArrayList<Plan>();
        long begun = 0;
        for (var plan : plans) {
            boolean fits = !plan.begins() || ++begun <= admitted.newWatches();
            (fits ? granted : excess).add(plan);
        }
        SideBySide.each(
                granted, Function.identity(), TARGETS_AT_ONCE, plan -> apply(plan, named, admitted.charge()));
        schedule.settleMargins(
                owner,
                granted.stream().collect(Collectors.toMap(plan -> plan.before().target(), Plan::change)));
        return excess.stream()
                .flatMap(plan -> plan.events().stream())
                .map(event -> Refusals.tooManyWatches(event, limits.mostWatches()))
                .toList();
    }

    private void apply(Plan plan, Map<String, PrivateRoots> named, Charge charge) {
        var target = plan.before().target();
        // First, so that whatever is on the schedule has its roots. Again with every addition, should they be lost.
        target.roots()
                .filter(_ -> plan.after().isWanted())
                .map(named::get)
                .ifPresent(these -> roots.keep(target, these));
        var watch = watches.change(plan.before(), changes -> fold(changes, plan.events()));
        if (plan.begins()) {
            charge.begun();
        } else if (plan.ends()) {
            charge.ended();
        }
        boolean isHeard = watch.filter(it -> !it.paused()).isPresent();
        boolean isTrouble = isHeard ? schedule.add(target) : schedule.settle(target);
        if (isTrouble) {
            tellOfIncident(plan.events().getLast());
        }
    }

    private static WatchChanges fold(WatchChanges changes, List<UrlEvent> events) {
        var all = changes;
        for (var event : events) {
            var at = time(event);
            all = switch (event) {
                case UrlEvent.Added added ->
                    all.added(at, added.externalId(), added.tags(), added.channels(), added.policy());
                case UrlEvent.Removed _ -> all.removed(at);
                case UrlEvent.Paused _ -> all.paused(at);
                case UrlEvent.Resumed _ -> all.resumed(at);
                case UrlEvent.CheckRequested _ -> all;
            };
        }
        return all;
    }

    private static Instant time(UrlEvent event) {
        return event.origin().time().orElseThrow();
    }

    /**
     * The failures read the watches after they write an incident; here an incident was read after the watch was written.
     * So one of the two sees the other, in whichever order the first check and this function run.
     */
    private void tellOfIncident(UrlEvent change) {
        failures.send(List.of(CloudEvent.of(
                        EventType.WATCH_ADDED,
                        change.origin().id() + "/" + change.owner(),
                        "url-registry",
                        change.target().id(),
                        clock.instant(),
                        change.origin().traceparent(),
                        new WatchAdded(change.target(), change.owner()))
                .write()));
    }

    private static <K> Map<K, List<UrlEvent>> grouped(List<UrlEvent> events, Function<UrlEvent, K> key) {
        return events.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }
}

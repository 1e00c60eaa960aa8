package dev.certtide.failures;

import dev.certtide.kit.Condition;
import dev.certtide.kit.Incidents;
import dev.certtide.kit.Item;
import dev.certtide.kit.Queue;
import dev.certtide.kit.Table;
import dev.certtide.kit.Timers;
import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Headline;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.event.Notification.Line;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * Gathers what is told together, and has it told as one summary for each owner, channel and time.
 *
 * <p>A summary is frozen, and what it says is written down, before it is told, so that its repetition after a crash tells
 * the same. It is told a little later than its time: nobody who gathers for it is still at it then.
 */
final class Summaries {
    /** The kind of timer that has a summary told. */
    static final String TIMER = "summary";

    /** How long after its time a summary is told: longer than an invocation may take. */
    static final Duration MARGIN = Duration.ofMinutes(2);

    /** What has not been told by then will not be. */
    private static final Duration LATEST = Duration.ofDays(2);

    private static final Duration REMEMBER = Duration.ofDays(30);
    private static final int AT_ONCE = 50;
    private static final String SUMMARY = "summary";
    private static final String MESSAGE = "message";
    private static final Comparator<Gathered> WORST_FIRST = Comparator.comparing(
                    (Gathered one) -> IncidentSteps.gravity(one.decision().status()))
            .reversed()
            .thenComparing(one -> one.line().since())
            .thenComparing(one -> one.line().target().id());

    /** Of the same instant, the end comes after what it ends. */
    private static final Comparator<Gathered> IN_ORDER = Comparator.comparing(
                    (Gathered one) -> one.decision().at())
            .thenComparing(one -> one.decision().round())
            .thenComparing(one -> one.decision().kind() == Kind.RECOVERED);

    private final Table results;
    private final Incidents incidents;
    private final Timers timers;
    private final Queue notifications;
    private final InstantSource clock;

    Summaries(Table results, Incidents incidents, Timers timers, Queue notifications, InstantSource clock) {
        this.results = results;
        this.incidents = incidents;
        this.timers = timers;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Puts a decision aside until its time. */
    void gather(Incident incident, Decision decision, Others others) {
        var until = time(decision);
        var headline =
                incident.findings().stream().findFirst().map(Headline::of).orElse("it needs attention");
        var line = new Line(incident.target(), decision.kind(), decision.status(), headline, incident.since());
        results.put(
                Item.of(pk(incident.owner()), sk(incident, decision))
                        .with("incident", incident.id())
                        .with("cause", incident.cause().id())
                        .with("line", Json.write(line))
                        .with("decision", Json.write(decision))
                        .with("fallbacks", text(others.fallbacks()))
                        .with("alsoTold", text(others.alsoTold()))
                        .with("until", until.toString()),
                Condition.absent());
        timers.set(new TimerDue(
                String.join("/", TIMER, incident.owner().id(), fingerprint(decision.channel()), until.toString()),
                TIMER,
                until.plus(MARGIN),
                Map.of(
                        "owner", incident.owner().id(),
                        "channel", fingerprint(decision.channel()),
                        "until", until.toString())));
    }

    /** Who comes too late for a summary, after a crash or throttling, waits for the next: nothing is added to a frozen one. */
    private Instant time(Decision decision) {
        var until = decision.until().orElseThrow();
        var now = clock.instant();
        return until.isAfter(now) ? until : now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }

    private static String text(List<Channel> channels) {
        return channels.stream()
                .map(channel -> Json.write(Channel.class, channel))
                .toList()
                .toString();
    }

    /** Of these decisions those which are gathered and have not been told: their owner knows nothing of them. */
    List<Decision> waiting(Incident incident, List<Decision> ledger) {
        var oldest = clock.instant().minus(LATEST);
        return ledger.stream()
                .filter(decision -> decision.outcome() == Decision.Outcome.GATHERED)
                .filter(decision -> decision.until().filter(oldest::isBefore).isPresent())
                .filter(decision -> results.get(pk(incident.owner()), sk(incident, decision))
                        .isPresent())
                .toList();
    }

    /** Has a summary told. */
    void tell(TimerDue timer) {
        var owner = new Owner(timer.data().get("owner"));
        var channel = timer.data().get("channel");
        var until = Instant.parse(timer.data().get("until"));
        freeze(owner, channel, until);
        var frozen = waiting(owner, channel).stream()
                .filter(one -> one.item().find(SUMMARY).equals(Optional.of(until.toString())))
                .toList();
        if (frozen.isEmpty()) {
            return;
        }
        var marker = marker(owner, channel, until);
        written(marker)
                .or(() -> write(marker, owner, until, frozen))
                .ifPresent(summary -> notifications.send(List.of(Voice.message(summary))));
        frozen.stream()
                .gather(Gatherers.mapConcurrent(
                        AT_ONCE,
                        one -> results.delete(one.item().pk(), one.item().sk(), Condition.presentWith(SUMMARY))))
                .forEach(_ -> {});
    }

    /** What is told of it, if that was written down. */
    private Optional<Notification> written(Item marker) {
        return results.get(marker.pk(), marker.sk())
                .flatMap(item -> item.find(MESSAGE))
                .map(message -> Json.read(Notification.class, message));
    }

    /** Writes down what is told, if there is anything to tell: a repetition finds less of it, and more that was told since. */
    private Optional<Notification> write(Item marker, Owner owner, Instant until, List<Gathered> frozen) {
        // Of what is over only the end would be told: where that is no news, its beginning is none.
        var news = newest(frozen).stream()
                .gather(Gatherers.mapConcurrent(AT_ONCE, one -> one.news(ledger(owner, one))))
                .flatMap(Optional::stream)
                .toList();
        if (news.isEmpty()) {
            return Optional.empty();
        }
        var message = Map.of(MESSAGE, Optional.of(Json.write(summary(owner, until, news))));
        results.update(marker.pk(), marker.sk(), message, Condition.presentWithout(MESSAGE));
        return written(marker);
    }

    private static Item marker(Owner owner, String channel, Instant until) {
        return Item.of(pk(owner), "FROZEN#" + channel + "#" + until);
    }

    private void freeze(Owner owner, String channel, Instant until) {
        var marker = marker(owner, channel, until);
        if (results.get(marker.pk(), marker.sk()).isPresent()) {
            return;
        }
        waiting(owner, channel).stream()
                .filter(one -> !Instant.parse(one.item().get("until")).isAfter(until))
                // After a crash it goes on where it stopped, however many they are.
                .filter(one -> one.item().find(SUMMARY).isEmpty())
                .gather(Gatherers.mapConcurrent(
                        AT_ONCE,
                        one -> results.update(
                                one.item().pk(),
                                one.item().sk(),
                                Map.of(SUMMARY, Optional.of(until.toString())),
                                Condition.presentWithout(SUMMARY))))
                .forEach(_ -> {});
        results.put(marker.with("expiresAt", clock.instant().plus(REMEMBER).getEpochSecond()), Condition.absent());
    }

    /** An end is nothing to tell when the next incident has begun; a beginning is, whatever the one before came to. */
    private List<Decision> ledger(Owner owner, Gathered one) {
        return one.decision().kind() == Kind.RECOVERED
                ? incidents.decisions(owner, one.cause())
                : incidents.decisions(owner, one.cause(), one.incident());
    }

    private List<Gathered> waiting(Owner owner, String channel) {
        return results.query(pk(owner), "GATHERED#" + channel + "#").stream()
                .map(Gathered::new)
                .toList();
    }

    /** Of each incident. */
    private static List<Gathered> newest(List<Gathered> frozen) {
        var newest = new LinkedHashMap<String, Gathered>();
        frozen.stream().sorted(IN_ORDER).forEach(one -> newest.put(one.incident(), one));
        return List.copyOf(newest.values());
    }

    private Notification summary(Owner owner, Instant until, List<Gathered> news) {
        var sorted = news.stream().sorted(WORST_FIRST).toList();
        var first = sorted.getFirst();
        var id = "sum_"
                + Fingerprint.shortOf(owner + " " + first.decision().channel().id() + " " + until);
        return new Notification(
                id,
                Kind.SUMMARY,
                owner,
                first.decision().channel(),
                first.line().target(),
                sorted.stream()
                        .map(one -> one.decision().status())
                        .max(Comparator.comparing(IncidentSteps::gravity))
                        .orElse(Status.OK),
                id,
                sorted.stream()
                        .map(one -> one.line().since())
                        .min(Instant::compareTo)
                        .orElseThrow(),
                clock.instant(),
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                sorted.stream()
                        .limit(Notification.MOST_LINES)
                        .map(Gathered::line)
                        .toList(),
                Math.max(0, sorted.size() - Notification.MOST_LINES),
                others(sorted).fallbacks(),
                Optional.empty(),
                others(sorted).alsoTold(),
                0,
                Optional.empty());
    }

    /**
     * Only who is told all of it needs no summary of somebody else. Pagers come last: an alert that is about many incidents
     * ends with none of them.
     */
    private static Others others(List<Gathered> all) {
        var reached = all.stream()
                .flatMap(one -> Stream.concat(one.channels("alsoTold").stream(), one.channels("fallbacks").stream()))
                .distinct()
                .limit(Incident.MOST_CHANNELS)
                .toList();
        var alsoTold = reached.stream()
                .filter(channel ->
                        all.stream().allMatch(one -> one.channels("alsoTold").contains(channel)))
                .toList();
        return new Others(
                alsoTold,
                reached.stream()
                        .filter(channel -> !alsoTold.contains(channel))
                        .sorted(Comparator.comparing(Channel.PagerDuty.class::isInstance))
                        .toList());
    }

    private static String sk(Incident incident, Decision decision) {
        return String.join(
                "#",
                "GATHERED",
                fingerprint(decision.channel()),
                incident.id(),
                Integer.toString(decision.round()),
                decision.step());
    }

    private static String fingerprint(Channel channel) {
        return Fingerprint.shortOf(channel.id());
    }

    private static String pk(Owner owner) {
        return "OWNER#" + owner;
    }
}

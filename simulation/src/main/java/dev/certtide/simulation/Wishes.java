package dev.certtide.simulation;

import dev.certtide.model.Channel;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.policy.Digest;
import dev.certtide.model.policy.Escalation;
import dev.certtide.model.policy.Interval;
import dev.certtide.model.policy.Maintenance;
import dev.certtide.model.policy.Margin;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.Profile;
import dev.certtide.model.policy.QuietHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What owners want, drawn by chance. */
final class Wishes {
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC");

    private final Random random;
    private final Instant start;

    Wishes(Random random, Instant start) {
        this.random = random;
        this.start = start;
    }

    /** One to three channels of an owner. */
    List<Channel> channels(Owner owner) {
        return IntStream.rangeClosed(1, 1 + random.nextInt(3))
                .<Channel>mapToObj(i -> switch (i) {
                    case 1 -> new Channel.Email(owner.id() + "@example.com");
                    case 2 -> new Channel.Webhook("https://" + owner + ".example/hook");
                    default -> new Channel.PagerDuty(owner.id());
                })
                .toList();
    }

    /** A policy in which each wish is there once in so many times. */
    Policy policy(Owner owner, int oneIn) {
        return new Policy(
                sometimes(oneIn, () -> Profile.MANUAL),
                sometimes(
                        oneIn * 2,
                        () -> Margin.parse(
                                List.of("20%", "25d", "22%, at most 28d").get(random.nextInt(3)))),
                sometimes(
                        oneIn * 2, () -> Margin.parse(List.of("8%", "5d", "3d").get(random.nextInt(3)))),
                sometimes(oneIn * 3, () -> FindingCode.SPLIT_FLEET).stream().toList(),
                sometimes(oneIn, () -> Interval.parse(List.of("1d", "4d", "12h").get(random.nextInt(3)))),
                sometimes(oneIn, () -> escalation(owner)),
                sometimes(oneIn, this::quietHours).stream().toList(),
                sometimes(oneIn, this::maintenance).stream().toList(),
                sometimes(oneIn * 2, this::digest),
                sometimes(oneIn * 2, () -> Map.of("webhook", Status.CRITICAL)).orElse(Map.of()),
                sometimes(oneIn, () -> 1 + random.nextInt(8)));
    }

    private <T> Optional<T> sometimes(int oneIn, Supplier<T> wish) {
        return random.nextInt(oneIn) == 0 ? Optional.of(wish.get()) : Optional.empty();
    }

    /** Some are their own bosses. */
    private Escalation escalation(Owner owner) {
        var boss = random.nextInt(3) == 0 ? owner.id() : "boss-of-" + owner;
        return new Escalation(Interval.parse("4h"), List.of(new Channel.Email(boss + "@example.com")));
    }

    private QuietHours quietHours() {
        return new QuietHours(
                random.nextInt(3) == 0 ? List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY) : List.of(),
                LocalTime.of(20 + random.nextInt(4), 15 * random.nextInt(4)),
                LocalTime.of(5 + random.nextInt(5), 0),
                zone(),
                sometimes(2, () -> Status.CRITICAL));
    }

    private Maintenance maintenance() {
        var from = start.plus(Duration.ofMinutes(random.nextInt(80 * 24 * 60)));
        return new Maintenance(from, from.plus(Duration.ofMinutes(30 + random.nextInt(600))), Optional.empty());
    }

    private Digest digest() {
        return new Digest(
                sometimes(2, () -> DayOfWeek.MONDAY),
                LocalTime.of(8 + random.nextInt(8), 0),
                zone(),
                random.nextInt(4) == 0 ? Status.CRITICAL : Status.WARNING);
    }

    private ZoneId zone() {
        return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    }
}

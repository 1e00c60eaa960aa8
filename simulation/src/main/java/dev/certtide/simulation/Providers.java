package dev.certtide.simulation;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.event.Notification;
import dev.certtide.notifier.LocalNotifier.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Those who take messages, each channel's its own: mostly they do, and now and then they are away, want less, or refuse
 * for good until somebody mends it. What they do is the same for the same seed and the same messages in the same order.
 */
final class Providers {
    private static final Duration GOOD = Duration.ofDays(12);
    /** Of all answers, one in so many is a server's bad moment. */
    private static final int BAD_MOMENTS = 40;

    private final World world;
    private final long seed;
    private final boolean misbehave;
    private final Post post;
    private final Map<String, Mood> moods = new HashMap<>();
    private final Map<String, List<Instant>> refusals = new HashMap<>();
    private final Map<Answer, Long> counts = new java.util.EnumMap<>(Answer.class);

    /** @param misbehave whether they ever do anything but take what comes */
    Providers(World world, long seed, boolean misbehave, Post post) {
        this.world = world;
        this.seed = seed;
        this.misbehave = misbehave;
        this.post = post;
    }

    /** How a channel is until then, and how it will be after. */
    private static final class Mood {
        private final Random random;
        private Answer answer = Answer.PERMANENT;
        private Instant until;

        Mood(long seed, Instant now) {
            random = new Random(seed);
            until = now;
            change();
        }

        Answer at(Instant now) {
            while (!until.isAfter(now)) {
                change();
            }
            return answer == Answer.TAKEN && random.nextInt(BAD_MOMENTS) == 0 ? Answer.TEMPORARY : answer;
        }

        private void change() {
            answer = answer == Answer.TAKEN ? bad() : Answer.TAKEN;
            until = until.plus(Duration.ofMinutes(1 + random.nextLong(length().toMinutes())));
        }

        private Answer bad() {
            return switch (random.nextInt(4)) {
                case 0 -> Answer.THROTTLED;
                case 1 -> Answer.TEMPORARY;
                default -> Answer.PERMANENT;
            };
        }

        private Duration length() {
            return switch (answer) {
                case TAKEN -> GOOD.multipliedBy(2);
                case THROTTLED -> Duration.ofMinutes(40);
                case TEMPORARY -> Duration.ofHours(4);
                case PERMANENT -> Duration.ofHours(30);
            };
        }
    }

    /** What becomes of a message that comes to its provider. */
    Answer take(Notification notification) {
        var answer = misbehave && !world.isCalm() ? answer(notification) : Answer.TAKEN;
        counts.merge(answer, 1L, Long::sum);
        world.story()
                .tell(
                        notification.target().id() + " " + notification.owner(),
                        answer + " " + notification.kind().word() + " by "
                                + notification.channel().id() + " " + notification.key());
        if (answer == Answer.TAKEN) {
            post.taken(notification);
        } else {
            refusals.computeIfAbsent(World.ear(notification.owner(), notification.channel()), _ -> new ArrayList<>())
                    .add(world.agenda().instant());
        }
        return answer;
    }

    private Answer answer(Notification notification) {
        var ear = World.ear(notification.owner(), notification.channel());
        return moods.computeIfAbsent(
                        ear,
                        name -> new Mood(
                                seed * 31 + name.hashCode(), world.agenda().instant()))
                .at(world.agenda().instant());
    }

    /** Whether a channel refused anything from then on, until then. */
    boolean hasRefused(Owner owner, Channel channel, Instant from, Instant to) {
        return refusals.getOrDefault(World.ear(owner, channel), List.of()).stream()
                .anyMatch(at -> !at.isBefore(from) && !at.isAfter(to));
    }

    /** How often which answer was given that is none of these: taken. */
    Map<String, Long> refused() {
        var all = new HashMap<String, Long>();
        counts.forEach((answer, n) -> {
            if (answer != Answer.TAKEN) {
                all.put("provider-" + answer.name().toLowerCase(java.util.Locale.ROOT), n);
            }
        });
        return all;
    }
}

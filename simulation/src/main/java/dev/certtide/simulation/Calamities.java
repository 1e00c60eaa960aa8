package dev.certtide.simulation;

import java.time.Duration;
import java.util.List;

/** What comes over many hosts at once. */
final class Calamities {
    private final World world;
    private final Lives lives;

    Calamities(World world, Lives lives) {
        this.world = world;
        this.lives = lives;
    }

    /** Some time within the days to come, or not at all. */
    void plan(Duration days) {
        List.<Runnable>of(this::outage, this::revocation, this::distrust).forEach(calamity -> {
            if (world.chance(2)) {
                long minutes = (long) (world.random().nextDouble() * days.toMinutes());
                world.agenda().in(Duration.ofMinutes(minutes), () -> {
                    if (!world.isCalm()) {
                        calamity.run();
                    }
                });
            }
        });
    }

    /** Our own line is cut. */
    private void outage() {
        var time = Duration.ofMinutes(3 + world.random().nextInt(world.chance(2) ? 20 : 600));
        world.story().tell("world", "there is no network for " + time);
        world.hosts().values().forEach(host -> lives.fail(host, time));
    }

    private void revocation() {
        var issuer = world.intermediates().getFirst();
        world.story().tell("world", "all certificates of " + issuer.subject() + " are revoked");
        world.hosts().values().stream()
                .filter(host -> host.served().issuer().equals(issuer))
                .forEach(host -> {
                    world.revoked().add(host.served().leaf().sha256());
                    host.touch(world.agenda().instant());
                    lives.replaceWithin(host, Duration.ofDays(3));
                });
    }

    private void distrust() {
        var root = world.intermediates().getFirst().issuer();
        world.distrusted().add(root);
        world.story().tell("world", root + " is not trusted any more");
        world.hosts().values().stream()
                .filter(host -> host.served().issuer().issuer().equals(root))
                .forEach(host -> {
                    host.touch(world.agenda().instant());
                    lives.replaceWithin(host, Duration.ofDays(10));
                });
    }
}

package dev.certtide.simulation;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** How hosts live: certificates are renewed in time, late or after the end, roll out, and servers fail. */
final class Lives {
    private static final List<Integer> LIFETIMES = List.of(90, 90, 90, 47, 199, 365);

    private final World world;
    private final Consumer<Host> ends;

    /** How somebody renews. */
    private enum Habit {
        AUTOMATIC,
        LATE,
        FORGOTTEN
    }

    /** @param ends is told of a host whose newest certificate ends that moment */
    Lives(World world, Consumer<Host> ends) {
        this.world = world;
        this.ends = ends;
    }

    /** A new host that has been there for a while. */
    Host begin(Target target) {
        var now = now();
        int count = 1 + world.random().nextInt(3);
        var addresses = IntStream.rangeClosed(1, count)
                .mapToObj(i -> "192.0.2." + i + ":443")
                .toList();
        var lifetime = Duration.ofDays(LIFETIMES.get(world.random().nextInt(LIFETIMES.size())));
        var age = Duration.ofMinutes((long) (world.random().nextDouble() * 0.7 * lifetime.toMinutes()));
        var issuer = world.intermediates()
                .get(world.random().nextInt(world.intermediates().size()));
        var served = world.certificates().leaf(target, issuer, now.minus(age), lifetime);
        var host = new Host(target, addresses, served, now);
        world.hosts().put(target, host);
        live(host, Habit.values()[world.random().nextInt(Habit.values().length)]);
        if (world.chance(3)) {
            flap(host);
        }
        return host;
    }

    private CertificateReport issuer() {
        var good = world.intermediates().stream()
                .filter(one -> !world.distrusted().contains(one.issuer()))
                .filter(one -> one.notAfter().isAfter(now().plus(Duration.ofDays(400))))
                .toList();
        return good.get(world.random().nextInt(good.size()));
    }

    private void live(Host host, Habit habit) {
        var served = host.served();
        var leaf = served.leaf();
        world.agenda().at(leaf.notAfter().plusSeconds(1), () -> {
            if (host.served().equals(served)) {
                say(host, "its certificate has ended");
                ends.accept(host);
            }
        });
        long left = leaf.lifetime().toMinutes();
        var due = leaf.notAfter()
                .plus(
                        switch (habit) {
                            case AUTOMATIC -> minutes(-left / 3 + world.random().nextInt(600));
                            case LATE ->
                                minutes(-(long) (left * 0.2 * world.random().nextDouble()) - 600);
                            case FORGOTTEN -> minutes(600 + world.random().nextInt(5 * 24 * 60));
                        });
        world.agenda().at(due, () -> {
            if (!world.isCalm() && host.served().equals(served)) {
                renew(host, habit);
            }
        });
    }

    private void renew(Host host, Habit habit) {
        replace(host);
        live(host, habit);
        if (world.chance(2)) {
            host.settle(now());
        } else {
            long minutes = world.chance(3)
                    ? world.random().nextInt(1_200)
                    : world.random().nextInt(30);
            world.agenda().in(minutes(1 + minutes), () -> host.settle(now()));
        }
    }

    private void replace(Host host) {
        var lifetime = host.served().leaf().lifetime();
        host.roll(world.certificates().leaf(host.target(), issuer(), now().minusSeconds(60), lifetime), now());
        say(
                host,
                "has a new certificate, until " + host.served().leaf().notAfter()
                        + (host.isSplit() ? ", not everywhere" : ""));
    }

    /** Some time it replaces its certificate out of turn. */
    void replaceWithin(Host host, Duration time) {
        var served = host.served();
        world.agenda().in(minutes(1 + (long) (world.random().nextDouble() * time.toMinutes())), () -> {
            if (!world.isCalm() && host.served().equals(served)) {
                renew(host, Habit.AUTOMATIC);
            }
        });
    }

    private void flap(Host host) {
        world.agenda().in(minutes(1 + world.random().nextInt(12 * 24 * 60)), () -> {
            if (!world.isCalm()) {
                fail(
                        host,
                        minutes(1
                                + (world.chance(3)
                                        ? world.random().nextInt(1_000)
                                        : world.random().nextInt(15))));
                flap(host);
            }
        });
    }

    /** It can't be reached for that time. */
    void fail(Host host, Duration time) {
        host.lose(now());
        say(host, "can't be reached for " + time);
        world.agenda().in(time, () -> {
            host.find(now());
            say(host, "can be reached");
        });
    }

    /** All is well from now on; what is out of reach comes back by itself. */
    void calmDown() {
        world.calmDown();
        world.hosts().values().forEach(host -> {
            var lifetime = Duration.ofDays(90);
            host.roll(world.certificates().leaf(host.target(), issuer(), now().minusSeconds(60), lifetime), now());
            host.settle(now());
        });
        world.story().tell("world", "calms down");
    }

    private void say(Host host, String what) {
        world.story().tell(host.target().id(), what);
    }

    private Instant now() {
        return world.agenda().instant();
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }
}

package dev.certtide.model.event;

import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Watch;
import dev.certtide.model.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Reads and writes everything for the first time, by many threads at once. */
final class FirstUse {
    private static final int THREADS = 64;

    private FirstUse() {}

    public static void main(String[] args) throws Exception {
        var channel = new Channel.Email("jane@example.com");
        var batch = List.of(Examples.event(EventType.SSL_CHECKED, Examples.result()));
        var told = Examples.event(EventType.NOTIFICATION_DECIDED, Examples.notification(channel));
        var watch = new Watch(
                Examples.TARGET, Examples.OWNER, false, Optional.empty(), List.of("a"), List.of(channel), Examples.NOW);
        List<Callable<Boolean>> uses = List.of(
                () -> CloudEvent.readBatch(CheckResult.class, CloudEvent.writeBatch(CheckResult.class, batch))
                        .equals(batch),
                () -> CloudEvent.read(Notification.class, told.write()).equals(told),
                () -> Json.read(Watch.class, Json.write(watch)).equals(watch),
                () -> NewUrlMessage.parse("{\"url\": \"x.example\"}").size() == 1);
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var outcomes = IntStream.range(0, THREADS)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return uses.get(i % uses.size()).call();
                    }))
                    .toList();
            start.countDown();
            for (var outcome : outcomes) {
                if (!outcome.get()) {
                    throw new AssertionError("what was read is not what was written");
                }
            }
        }
    }
}

package dev.certtide.probe.visit;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does something at a time, unless it is called off before: one thread for the process, which sleeps in between. */
final class Alarms {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private Alarms() {}

    /**
     * Sets an alarm.
     *
     * @param end when, as {@link System#nanoTime} counts; at once when that is past
     * @param work something short
     */
    static Future<?> at(long end, Runnable work) {
        return CLOCK.schedule(work, end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("probe-alarms").factory());
        // Nearly all are called off, and hold on to what they would have done.
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}

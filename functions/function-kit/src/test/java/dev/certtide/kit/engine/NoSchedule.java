package dev.certtide.kit.engine;

import dev.certtide.kit.Results;
import dev.certtide.model.Target;
import java.time.Instant;
import java.util.Optional;

/** A schedule that has no target. */
public enum NoSchedule implements Results.Schedule {
    NONE;

    @Override
    public Optional<Instant> scheduledAt(Target target) {
        return Optional.empty();
    }

    @Override
    public void settle(Results.Keeping keeping) {}
}

package dev.certtide.infra;

import java.time.Duration;

/** The JDK's durations as CDK's: ours are values to compute with, CDK's live in its Node process. */
final class CdkDuration {
    private CdkDuration() {}

    /** Whole seconds; anything smaller is dropped, as AWS knows none of it here. */
    static software.amazon.awscdk.Duration of(Duration duration) {
        return software.amazon.awscdk.Duration.seconds(duration.toSeconds());
    }
}

package dev.certtide.probe;

import dev.certtide.probe.visit.TlsEngine;
import java.util.stream.Stream;

/** The engines of this machine: whatever is seen by one is seen by the other. */
public final class Engines {
    private Engines() {}

    /** The best first; only JSSE where there is no native library. */
    public static Stream<TlsEngine> all() {
        return Stream.of(TlsEngine.best(), TlsEngine.jsse()).distinct();
    }
}

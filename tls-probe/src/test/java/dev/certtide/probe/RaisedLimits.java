package dev.certtide.probe;

import dev.certtide.probe.visit.HandshakeLimits;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Raises JSSE's limits before any test makes JSSE read them, as a program does at the start of its {@code main}. */
public final class RaisedLimits implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        HandshakeLimits.raise();
    }
}

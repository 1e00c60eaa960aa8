package dev.certtide.cli;

import dev.certtide.model.Status;

/** Exit codes of monitoring plugins (Monitoring Plugins Development Guidelines, "Plugin Return Codes"). */
final class ExitCode {
    static final int OK = 0;
    static final int WARNING = 1;
    static final int CRITICAL = 2;
    static final int USAGE = 3;

    private ExitCode() {}

    static int of(Status status) {
        return switch (status) {
            case OK -> OK;
            case WARNING -> WARNING;
            case CRITICAL, UNREACHABLE -> CRITICAL;
        };
    }
}

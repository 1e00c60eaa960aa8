package dev.certtide.cli;

import dev.certtide.model.Target;

/** One of the hosts that are to be checked, as somebody wrote it. */
sealed interface Entry {
    record Host(Target target) implements Entry {}

    /**
     * A line that names no host.
     *
     * @param where the file and the line's number, for example {@code hosts.txt:17}
     * @param problem what is wrong with it
     */
    record Unusable(String where, String problem) implements Entry {}
}

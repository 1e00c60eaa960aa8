package dev.certtide.cli;

import java.util.List;

/**
 * Which of this process's streams are terminals. The launcher says so, since the JDK knows only whether standard input and
 * output both are, and nothing of standard error.
 */
final class Terminal {
    private static final String SAID = System.getProperty("certtide.terminals", "");

    private Terminal() {}

    static boolean isOutput() {
        return System.getProperty("certtide.terminals") == null
                ? System.console() != null && System.console().isTerminal()
                : is("out");
    }

    static boolean isError() {
        return is("err");
    }

    private static boolean is(String stream) {
        return List.of(SAID.split(",")).contains(stream);
    }
}

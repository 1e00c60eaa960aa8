package dev.certtide.cli;

import dev.certtide.model.Status;

/** Colours of a terminal (ECMA-48, 8.3.117), or none. */
enum Colour {
    OFF,
    ON;

    /** When there are colours. */
    enum When {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** Colours on a terminal, unless the user wants none (no-color.org). */
    static Colour of(When when) {
        return switch (when) {
            case ALWAYS -> ON;
            case NEVER -> OFF;
            case AUTO -> Terminal.isOutput() && !isUnwanted() ? ON : OFF;
        };
    }

    String bold(String text) {
        return coded("1", text);
    }

    String faint(String text) {
        return coded("2", text);
    }

    /** The text in the colour of a status. */
    String of(Status status, String text) {
        return coded(
                switch (status) {
                    case OK -> "32";
                    case WARNING -> "33";
                    case CRITICAL, UNREACHABLE -> "31";
                },
                text);
    }

    private String coded(String code, String text) {
        return this == ON ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static boolean isUnwanted() {
        var noColor = System.getenv("NO_COLOR");
        return noColor != null && !noColor.isEmpty() || "dumb".equals(System.getenv("TERM"));
    }
}

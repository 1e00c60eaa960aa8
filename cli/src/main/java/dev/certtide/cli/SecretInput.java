package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Secrets from standard input, a line each, or typed unseen at a terminal: others on the machine can read what is on a
 * command line.
 */
final class SecretInput {
    private final Optional<Console> console =
            Optional.ofNullable(System.console()).filter(Console::isTerminal);
    private final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    /**
     * The next secret.
     *
     * @param what it is, for the person who types it
     * @throws InvalidInputException if there is none
     */
    String next(String what) throws IOException {
        var line = console.isPresent() ? typed(what) : lines.readLine();
        if (line == null || line.isBlank()) {
            throw new InvalidInputException(what, "is missing; pipe it to standard input, in a line of its own");
        }
        return line.strip();
    }

    private String typed(String what) {
        var typed = console.orElseThrow().readPassword("%s: ", what);
        return typed == null ? null : new String(typed);
    }
}

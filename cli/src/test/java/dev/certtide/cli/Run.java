package dev.certtide.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;

/**
 * What a command did.
 *
 * @param exitCode how it ended
 * @param out what it printed for programs
 * @param err what it printed for people when something was wrong
 */
record Run(int exitCode, String out, String err) {
    static Run of(String... arguments) {
        return at(InstantSource.system(), arguments);
    }

    static Run at(InstantSource clock, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var command = CerttideCommand.commandLine(clock)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return new Run(command.execute(arguments), out.toString(), err.toString());
    }
}

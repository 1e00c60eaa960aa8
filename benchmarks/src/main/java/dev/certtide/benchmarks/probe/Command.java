package dev.certtide.benchmarks.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Programs that run to their end. What they write to standard error is seen by whoever runs this. */
final class Command {
    /** For programs that come with what Certtide needs anyway. */
    static final String NO_ADVICE = "it should be there";

    private Command() {}

    /**
     * What a program prints.
     *
     * @param output what it printed, without blanks around it
     * @param exitCode 0 if it succeeded
     */
    record Result(String output, int exitCode) {}

    /**
     * Runs a program.
     *
     * @param advice what to do where there is no such program
     * @throws IllegalStateException with the advice
     */
    static Result run(Path folder, String advice, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(output.strip(), process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command[0] + " was interrupted", e);
        } catch (IOException e) {
            throw new IllegalStateException("there is no " + command[0] + ": " + advice, e);
        }
    }

    /** What a program prints that has to succeed. */
    static String output(Path folder, String advice, String... command) {
        Result result = run(folder, advice, command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + result.output());
        }
        return result.output();
    }
}

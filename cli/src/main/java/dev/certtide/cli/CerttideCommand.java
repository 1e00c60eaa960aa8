package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import dev.certtide.probe.visit.HandshakeLimits;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** The command line {@code certtide}. */
@Command(
        name = "certtide",
        description = "Watches TLS certificates for other people's backends.",
        subcommands = {
            UpCommand.class,
            PublishCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            WatchCommand.class,
            PolicyCommand.class,
            StatusCommand.class,
            IncidentsCommand.class,
            WhyCommand.class,
            CheckCommand.class,
            FarmCommand.class,
            ConfigureCommand.class,
            ChannelCommand.class,
            TemplateCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "certtide 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeOnExecutionException = ExitCode.CRITICAL)
public final class CerttideCommand {
    /** Runs a command and ends with its exit code. */
    public static void main(String... arguments) {
        HandshakeLimits.raise(); // JSSE reads them once, at the first connection of the process.
        // Host names and texts are Unicode whatever the locale of the shell says.
        System.setOut(new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return commandLine(InstantSource.system());
    }

    /** @param clock of the commands that ask what day it is on this machine */
    static CommandLine commandLine(InstantSource clock) {
        return new CommandLine(new CerttideCommand(), new Factory(clock))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
    }

    private static int explain(Exception failure, CommandLine command) {
        var message =
                switch (failure) {
                    case InvalidInputException invalid -> invalid.getMessage();
                    case UnreachableCloudException unreachable -> unreachable.getMessage();
                    case UncheckedIOException io ->
                        io.getMessage() + ": " + io.getCause().getMessage();
                    case SdkException aws -> "AWS says: " + aws.getMessage();
                    default -> failure.toString();
                };
        command.getErr().println("certtide: " + message);
        return failure instanceof InvalidInputException ? ExitCode.USAGE : ExitCode.CRITICAL;
    }

    private record Factory(InstantSource clock) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == CheckCommand.class
                    ? type.cast(new CheckCommand(clock))
                    : CommandLine.defaultFactory().create(type);
        }
    }
}

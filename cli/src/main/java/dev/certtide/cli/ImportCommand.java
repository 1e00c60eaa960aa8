package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes the rows of a CSV file. */
@Command(
        name = "import",
        description = "Publish the URLs of a CSV file to the topic new_url.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        footer = {
            "",
            "The first line names the columns: url, and as you like owner, external_id, tags (separated by ;), email, "
                    + "webhook and channels (whom to tell; several separated by spaces; channels such as slack:ops), "
                    + "policy (JSON), private_roots (PEM in one line, or their name), paused, and of the customer customer_email, "
                    + "name, locale, plan. Commas, semicolons or tabs separate the cells. Lines that cannot be used are told and the others are published.",
            "",
            "Importing again is harmless. An import that was interrupted goes on where it stopped; how far it came is in "
                    + "FILE.certtide-import until it is complete.",
            "",
            "Exit code: 3 if a line could not be used, 2 if the import broke off, else 0."
        })
final class ImportCommand implements Callable<Integer> {
    @Mixin
    private Cloud cloud;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The CSV file, in UTF-8. - is standard input.")
    private Path file;

    @Option(names = "--dry-run", description = "Only look for lines that cannot be used; publish nothing.")
    private boolean dryRun;

    @Option(
            names = "--owner",
            paramLabel = "ID",
            defaultValue = "default",
            description = "Whose the URLs are of lines that name no owner. Default: ${DEFAULT-VALUE}.")
    private String owner;

    @Override
    public Integer call() {
        var whose = new Owner(owner).id();
        if (dryRun) {
            return run(whose, ImportProgress.begun("", Instant.now()), _ -> {}, _ -> {});
        }
        return NewUrlTopic.open(cloud, topic -> publish(topic, whose));
    }

    private int publish(NewUrlTopic topic, String whose) {
        // A pipe can be read only once: there is nothing to go on with.
        if (isStandardInput() || !Files.isRegularFile(readable())) {
            return run(whose, ImportProgress.begun("", Instant.now()), topic::publishTogether, _ -> {});
        }
        var kept = ImportProgress.besides(file);
        var begun = ImportProgress.of(ImportProgress.name(readable(), topic.arn(), whose), kept, Instant.now());
        if (begun.line() > 0) {
            tell("going on after line " + begun.line());
        }
        // Before anything is published: after a crash it is published again with the same ids and times.
        begun.keep(kept);
        var exitCode = run(whose, begun, topic::publishTogether, progress -> progress.keep(kept));
        try {
            Files.deleteIfExists(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(kept + " can't be deleted", e);
        }
        return exitCode;
    }

    private int run(
            String whose, ImportProgress begun, Consumer<List<String>> publisher, Consumer<ImportProgress> published) {
        try (var text = open();
                var progress = Terminal.isError() ? Progress.bar("importing", rows()) : Progress.NONE) {
            var sheet = new UrlSheet(new NumberedLines(text), name());
            sheet.unknownColumns()
                    .forEach(column ->
                            tell(sheet.where(1) + ": the column \"" + column + "\" is not known and not used"));
            var urls = new UrlImport(
                    sheet,
                    whose,
                    begun,
                    publisher,
                    published,
                    line -> progress.print(() -> tell(line.where() + ": " + line.problem())));
            urls.run(progress::step);
            progress.print(() -> summarize(urls));
            return urls.unusable() > 0 ? ExitCode.USAGE : ExitCode.OK;
        } catch (IOException e) {
            throw new UncheckedIOException(name() + " cannot be read any further", e);
        }
    }

    private void summarize(UrlImport urls) {
        var out = spec.commandLine().getOut();
        out.println(urls.usable()
                + (urls.usable() == 1 ? " line" : " lines")
                + (dryRun ? " can be published" : " published")
                + (urls.unusable() > 0 ? "; " + urls.unusable() + " could not be used" : ""));
        out.flush();
    }

    private void tell(String text) {
        var err = spec.commandLine().getErr();
        err.println("certtide: " + text);
        err.flush();
    }

    private boolean isStandardInput() {
        return file.toString().equals(HostList.STANDARD_INPUT);
    }

    private String name() {
        return isStandardInput() ? "standard input" : file.toString();
    }

    private InputStream open() throws IOException {
        return isStandardInput() ? System.in : Files.newInputStream(readable());
    }

    private Path readable() {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new InvalidInputException("", file + " cannot be read");
        }
        return file;
    }

    /** How many rows there are; unknown if they come from standard input. Reads the file. */
    private OptionalLong rows() throws IOException {
        // A pipe given as a file can be read only once.
        if (isStandardInput() || !Files.isRegularFile(file)) {
            return OptionalLong.empty();
        }
        try (var text = open()) {
            var lines = new NumberedLines(text);
            long count = 0;
            while (lines.next().isPresent()) {
                count++;
            }
            return OptionalLong.of(Math.max(0, count - 1));
        }
    }
}

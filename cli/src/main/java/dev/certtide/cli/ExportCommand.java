package dev.certtide.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.certtide.kit.KeptRoots;
import dev.certtide.kit.Table;
import dev.certtide.model.Owner;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what is watched. */
@Command(
        name = "export",
        description = "Print what is watched, as CSV that can be imported again, or as JSON.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class ExportCommand implements Callable<Integer> {
    /** Besides what has to be in quotes: without them white space at the ends means nothing. */
    private static final QuoteStrategy AROUND_WHITE_SPACE = new QuoteStrategy() {
        @Override
        public boolean quoteValue(int line, int place, String cell) {
            return !cell.equals(cell.strip());
        }
    };

    @Mixin
    private Cloud cloud;

    @Spec
    private CommandSpec spec;

    @Option(names = "--owner", paramLabel = "ID", description = "Only this owner's.")
    private Optional<String> owner = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "csv, or json: one object per line. Default: ${DEFAULT-VALUE}.")
    private Format format;

    private enum Format {
        CSV,
        JSON
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var whose = owner.map(Owner::new);
        var watches = new KeptWatches(cloud);
        switch (format) {
            case JSON -> watches.forEach(whose, watch -> out.println(Json.write(watch)));
            case CSV -> {
                // Closing the writer would close standard output.
                var csv = csv(out);
                csv.writeRecord(
                        UrlRow.EXPORTED.stream().map(UrlSheet.Column::title).toList());
                cloud.withDynamoDb(dynamoDb -> {
                    var roots = new KeptRoots(new Table(dynamoDb, cloud.table("Config")));
                    watches.forEach(whose, watch -> csv.writeRecord(UrlRow.cells(watch, roots::find)));
                    return null;
                });
                flush(csv);
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    /** Writes what can be imported again as it was. */
    static CsvWriter csv(Writer out) {
        return CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(AROUND_WHITE_SPACE)
                .build(out);
    }

    private static void flush(CsvWriter csv) {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The export can't be written", e);
        }
    }
}

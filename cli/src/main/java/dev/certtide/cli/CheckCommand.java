package dev.certtide.cli;

import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Protocol;
import dev.certtide.model.Status;
import dev.certtide.model.json.Json;
import dev.certtide.probe.TlsChecker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks hosts right here, without any cloud. */
@Command(
        name = "check",
        description = "Check hosts from this machine, without any cloud.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        footer = {
            "",
            "Exit code: 2 if anything is critical or unreachable, else 3 if something could not be used, "
                    + "else 1 for a warning, else 0. Results come in the order of the hosts."
        })
final class CheckCommand implements Callable<Integer> {
    private static final int MOST_PARALLEL = 10_000;

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "HOST[:PORT]",
            description = "What to check; a URL will do, such as smtp://mail.example.com. - reads standard input.")
    private List<String> hosts = List.of();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Check the hosts in this file, one a line; # begins a comment. - is standard input.")
    private List<Path> files = List.of();

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "https",
            description = "How hosts without a scheme are reached: https, or by STARTTLS of smtp, imap, pop3, ldap, "
                    + "postgres, mysql, ftp, xmpp. Default: ${DEFAULT-VALUE}.")
    private String protocol;

    @Option(names = "--json", description = "Print one JSON object per line, as ssl_result has them.")
    private boolean json;

    @Option(names = "--short", description = "Print one line per host.")
    private boolean brief;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only hosts that are not ok.")
    private boolean quiet;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many hosts are checked at a time. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never. auto: on a terminal, unless NO_COLOR is set.")
    private Colour.When colour;

    @Mixin
    private Visiting visiting;

    private Status worst = Status.OK;
    private int checked;
    private int problems;
    private int unusable;

    /** @param clock says what day it is */
    CheckCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new InvalidInputException("--parallel", "must be 1 to " + MOST_PARALLEL);
        }
        var list = new HostList(protocol(), hosts, files);
        if (list.isEmpty()) {
            throw new InvalidInputException("", "nothing to check: name a host, a --file, or - for standard input");
        }
        var roots = visiting.publicRoots();
        if (roots.isOld(clock.instant())) {
            spec.commandLine()
                    .getErr()
                    .println("certtide: the list of trusted roots is of "
                            + roots.asOf().orElseThrow()
                            + ", more than 180 days ago; update Certtide, or name a newer list by --roots");
        }
        checkAll(list, visiting.checker(roots));
        if (checked + unusable == 0) {
            throw new InvalidInputException("", "nothing to check: there is no host in what was given");
        }
        return exitCode();
    }

    /** What became of an entry. */
    private sealed interface Outcome {
        record Checked(CheckResult result) implements Outcome {}

        record NotChecked(Entry.Unusable why) implements Outcome {}
    }

    private void checkAll(HostList list, TlsChecker checker) throws InterruptedException {
        var out = spec.commandLine().getOut();
        var report = new Report(out, Colour.of(colour));
        try (var progress =
                !list.isOne() && Terminal.isError() ? Progress.bar("checking", list.count()) : Progress.NONE) {
            new InOrder<Entry, Outcome>(parallel, entry -> {
                        try {
                            return outcome(entry, checker);
                        } finally {
                            progress.step();
                        }
                    })
                    .run(list, outcome -> {
                        progress.print(() -> tell(outcome, out, report));
                        // Somebody like head(1) may have seen enough.
                        return !out.checkError();
                    });
        }
        if (!list.isOne() && !json && Terminal.isError()) {
            spec.commandLine()
                    .getErr()
                    .println(checked + " checked, " + problems + " of them not ok"
                            + (unusable > 0 ? "; " + unusable + " lines could not be used" : ""));
        }
    }

    private Outcome outcome(Entry entry, TlsChecker checker) {
        return switch (entry) {
            case Entry.Host(var target) -> new Outcome.Checked(checker.check(target, clock));
            case Entry.Unusable line -> new Outcome.NotChecked(line);
        };
    }

    private void tell(Outcome outcome, PrintWriter out, Report report) {
        switch (outcome) {
            case Outcome.NotChecked(var line) -> {
                unusable++;
                var err = spec.commandLine().getErr();
                err.println("certtide: " + line.where() + ": " + line.problem());
                err.flush();
            }
            case Outcome.Checked(var result) -> {
                checked++;
                worst = worst.worse(result.status());
                if (result.status() != Status.OK) {
                    problems++;
                } else if (quiet) {
                    return;
                }
                print(result, out, report);
            }
        }
    }

    private void print(CheckResult result, PrintWriter out, Report report) {
        if (json) {
            out.println(Json.write(result));
        } else if (brief) {
            report.printLine(result);
        } else {
            report.print(result);
            if (visiting.isGuarded() && result.verdict().codes().contains(FindingCode.ADDRESS_BLOCKED)) {
                out.println("      To visit it all the same: --allow-private");
            }
            out.println();
        }
        out.flush();
    }

    private int exitCode() {
        var code = ExitCode.of(worst);
        return unusable > 0 && code != ExitCode.CRITICAL ? ExitCode.USAGE : code;
    }

    private Protocol protocol() {
        return Protocol.ofScheme(protocol)
                .orElseThrow(
                        () -> new InvalidInputException("--protocol", "is none of those that are known; see --help"));
    }
}

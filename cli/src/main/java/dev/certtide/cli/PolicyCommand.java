package dev.certtide.cli;

import dev.certtide.kit.Config;
import dev.certtide.kit.Policies;
import dev.certtide.kit.Table;
import dev.certtide.kit.TargetMargins;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and stores what an owner wants to be told, when, and where. */
@Command(
        name = "policy",
        description = "Show, store and remove what an owner wants to be told, when, and where.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class PolicyCommand {
    /** More than any policy is long. */
    private static final int LONGEST = 100_000;

    private static final int TARGETS_AT_ONCE = 8;

    @Spec
    private CommandSpec spec;

    /** Where and whose. */
    static final class Whose {
        @Mixin
        private Cloud cloud;

        @Option(
                names = "--owner",
                paramLabel = "ID",
                defaultValue = "default",
                description = "Whose it is. Default: ${DEFAULT-VALUE}.")
        private String owner;

        Owner owner() {
            return new Owner(owner);
        }
    }

    @Command(
            name = "show",
            description = "Show an owner's policy in plain words.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int show(@Mixin Whose whose, @Option(names = "--json", description = "As `set` reads it.") boolean json) {
        var policy = whose.cloud.withDynamoDb(
                dynamoDb -> new Policies(new Table(dynamoDb, whose.cloud.table("Config"))).of(whose.owner()));
        if (json) {
            out().println(Json.write(policy));
        } else {
            out().println("For " + whose.owner() + ":");
            tell(policy);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "set",
            description = "Store an owner's policy, in place of the one there is.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int set(
            @Mixin Whose whose,
            @Option(names = "--dry-run", description = "Say what was understood, and store nothing.") boolean dryRun,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "FILE",
                            defaultValue = "-",
                            description = "JSON; standard input if it is - or left out.")
                    String file)
            throws IOException {
        var policy = Policy.parse(read(file));
        if (dryRun) {
            out().println("For " + whose.owner() + " this would count:");
        } else {
            store(whose, policies -> policies.put(whose.owner(), policy));
            out().println("From the next check on, for " + whose.owner() + ":");
        }
        tell(policy);
        return ExitCode.OK;
    }

    @Command(
            name = "rm",
            description = "Remove an owner's policy: what counts for everybody counts again.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int remove(@Mixin Whose whose) {
        store(whose, policies -> policies.remove(whose.owner()));
        out().println("From the next check on, what counts for everybody counts for " + whose.owner()
                + ", but for what single watches say");
        return ExitCode.OK;
    }

    /** Whoever watches a target after the policy was written is settled by the registry. */
    private static void store(Whose whose, Consumer<Policies> change) {
        whose.cloud.withDynamoDb(dynamoDb -> {
            var config = new Table(dynamoDb, whose.cloud.table("Config"));
            var policies = new Policies(config);
            change.accept(policies);
            var targets = new LinkedHashSet<Target>();
            new KeptWatches(whose.cloud).forEach(Optional.of(whose.owner()), watch -> targets.add(watch.target()));
            var margins = new TargetMargins(new Config(config, InstantSource.system()), policies);
            targets.stream()
                    .gather(Gatherers.mapConcurrent(TARGETS_AT_ONCE, target -> {
                        margins.settle(target);
                        return target;
                    }))
                    .forEach(_ -> {});
            return null;
        });
    }

    private void tell(Policy policy) {
        PolicyWording.of(policy).forEach(line -> out().println("  " + line));
    }

    private static String read(String file) throws IOException {
        var name = file.equals("-") ? "standard input" : file;
        byte[] bytes;
        if (file.equals("-")) {
            bytes = System.in.readNBytes(LONGEST + 1);
        } else if (!Files.isRegularFile(Path.of(file))) {
            throw new InvalidInputException(name, "is no file");
        } else {
            try (var in = Files.newInputStream(Path.of(file))) {
                bytes = in.readNBytes(LONGEST + 1);
            }
        }
        if (bytes.length > LONGEST) {
            throw new InvalidInputException(name, "is longer than " + LONGEST + " bytes; no policy is");
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.isBlank()) {
                throw new InvalidInputException(name, "is empty; it must be JSON as docs/policies.md describes it");
            }
            return text;
        } catch (CharacterCodingException noText) {
            throw new InvalidInputException(name, "is not UTF-8");
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}

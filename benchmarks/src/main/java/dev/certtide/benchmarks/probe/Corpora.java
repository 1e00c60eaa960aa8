package dev.certtide.benchmarks.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the judge of chains scores on cases that nobody here wrote: what the tests of {@code tls-probe} print. */
final class Corpora {
    private static final Pattern SCORE = Pattern.compile(
            "corpora +(\\S+) +(\\d+) cases +(\\d+) right +(\\d+) false accepts +(\\d+) false rejects +(\\d+) skipped");

    private Corpora() {}

    /** The score of a group of cases. */
    record Score(int cases, int right, int falseAccepts, int falseRejects, int skipped) {}

    /** Runs the tests; empty where the corpora are not present. By group. */
    static Map<String, Score> scores(Path home) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("mvnw").toString(),
                "-q",
                "-B",
                "-ntp",
                "-pl",
                "tls-probe",
                "-am",
                "-Dtest=LimboTest,PkitsTest",
                "-Dsurefire.failIfNoSpecifiedTests=false"));
        folder().ifPresent(folder -> command.add("-Dcerttide.corpora=" + folder));
        command.add("test");
        Matcher scores = SCORE.matcher(Command.run(home, Command.NO_ADVICE, command.toArray(String[]::new))
                .output());
        Map<String, Score> byGroup = new LinkedHashMap<>();
        while (scores.find()) {
            byGroup.put(
                    scores.group(1),
                    new Score(
                            number(scores, 2),
                            number(scores, 3),
                            number(scores, 4),
                            number(scores, 5),
                            number(scores, 6)));
        }
        return byGroup;
    }

    private static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty("certtide.corpora", System.getenv("CERTTIDE_CORPORA")))
                .map(folder -> Path.of(folder).toAbsolutePath());
    }

    private static int number(Matcher score, int group) {
        return Integer.parseInt(score.group(group));
    }
}

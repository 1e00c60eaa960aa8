package dev.certtide.probe.judge;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Assertions;

/** How many cases of a group were judged right, and which were not. */
final class Score {
    private final String group;
    private final List<String> falseAccepts = new ArrayList<>();
    private final List<String> falseRejects = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private int right;

    Score(String group) {
        this.group = group;
    }

    void skip(String id) {
        skipped.add(id);
    }

    void count(String id, boolean shouldBeAccepted, List<String> objections) {
        if (objections.isEmpty() == shouldBeAccepted) {
            right++;
        } else {
            (shouldBeAccepted ? falseRejects : falseAccepts).add(id + (objections.isEmpty() ? "" : " " + objections));
        }
    }

    /** Prints the score and fails if it is worse, or the group smaller, than it has been. */
    void holdAgainstRatchet() {
        int cases = right + falseAccepts.size() + falseRejects.size() + skipped.size();
        System.out.printf(
                "corpora  %-22s %4d cases  %4d right  %3d false accepts  %3d false rejects  %3d skipped%n",
                group, cases, right, falseAccepts.size(), falseRejects.size(), skipped.size());
        falseAccepts.forEach(id -> System.out.println("           false accept: " + id));
        falseRejects.forEach(id -> System.out.println("           false reject: " + id));
        Assertions.assertAll(
                () -> assertAtMost("false-accepts", falseAccepts.size()),
                () -> assertAtMost("false-rejects", falseRejects.size()),
                () -> assertAtMost("skipped", skipped.size()),
                () -> Assertions.assertEquals(ratchet("cases"), cases, group + ": another corpus than it was"));
    }

    private void assertAtMost(String what, int number) {
        int reached = ratchet(what);
        Assertions.assertTrue(
                number <= reached, group + ": " + number + " " + what + ", and it has been " + reached + " already");
    }

    private int ratchet(String what) {
        Properties ratchet = new Properties();
        try (InputStream in = Score.class.getResourceAsStream("corpora-ratchet.properties")) {
            ratchet.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("the ratchet cannot be read", e);
        }
        return Integer.parseInt(Objects.requireNonNull(ratchet.getProperty(group + "." + what), group + "." + what));
    }
}

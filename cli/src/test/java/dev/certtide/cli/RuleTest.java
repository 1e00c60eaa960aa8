package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| .+ \\| .+ \\|");

    @ParameterizedTest
    @EnumSource(Rule.class)
    void everyRuleHasASentence(Rule rule) {
        assertFalse(Rule.sentence(rule.word()).contains("does not know"));
    }

    @Test
    void thePageOfPoliciesExplainsTheSameRulesInTheSameOrder() throws IOException {
        assertEquals(Arrays.stream(Rule.values()).map(Rule::word).toList(), explained());
    }

    private static List<String> explained() throws IOException {
        try (var lines = Files.lines(Home.folder().resolve("docs").resolve("policies.md"))) {
            return lines.dropWhile(line -> !line.equals("## Rules"))
                    .map(ROW::matcher)
                    .filter(row -> row.matches())
                    .map(row -> row.group(1))
                    .toList();
        }
    }
}

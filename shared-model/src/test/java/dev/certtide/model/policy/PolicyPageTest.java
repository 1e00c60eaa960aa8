package dev.certtide.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.json.Json;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/policies.md} says what there is. */
class PolicyPageTest {
    private String page;

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(Path.of(System.getProperty("certtide.home"), "docs", "policies.md"));
    }

    @Test
    void everyExampleOfThePageIsAPolicyAndTheFirstSaysEverything() {
        var examples = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();

        examples.forEach(example -> assertNotEquals(Policy.NONE, Policy.parse(example), example));
        assertEquals(fields(), List.copyOf(((Map<?, ?>) Json.readTree(examples.getFirst())).keySet()), "in this order");
    }

    @Test
    void everyFieldHasItsParagraphAndItsDefault() {
        for (var field : fields()) {
            var section = Pattern.compile("\n## [^\n]*`" + field + "`[^\n]*\n(.*?)(\n## |\\z)", Pattern.DOTALL)
                    .matcher(page);
            assertTrue(section.find(), field);
            assertTrue(
                    section.group(1).contains("Default: ") && section.group(1).contains("```json"), field);
        }
    }

    @Test
    void theMarginsOfTheProfilesAreThoseOfThePage() {
        for (var profile : Profile.values()) {
            var policy = Policy.parse("{\"profile\": \"" + profile.word() + "\"}");
            assertTrue(
                    page.contains("| `%s` | `%s` | `%s` |"
                            .formatted(profile.word(), policy.warningMargin(), policy.criticalMargin())),
                    profile.word());
        }
    }

    private static List<String> fields() {
        return Arrays.stream(Policy.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}

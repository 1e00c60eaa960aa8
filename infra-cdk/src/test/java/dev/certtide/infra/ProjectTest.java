package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
    @Test
    void aFolderBelongsToTheNearestCdkJsonAboveIt(@TempDir Path root) throws IOException {
        Files.writeString(root.resolve("cdk.json"), "{}");
        var inner = Files.createDirectories(root.resolve("a/b"));
        assertEquals(new Project(root), Project.around(inner));
    }

    @Test
    void aFolderOutsideOfAnyProjectIsRefused(@TempDir Path outside) {
        var refused = assertThrows(InvalidContextException.class, () -> Project.around(outside));
        assertEquals(
                "no cdk.json in " + outside + " or above it; run this in the project's folder", refused.getMessage());
    }

    @Test
    void argumentsWinOverCdkJson(@TempDir Path root) throws IOException {
        Files.writeString(root.resolve("cdk.json"), """
            {"app": "x", "context": {"stage": "dev", "flag": true}}\
            """);
        assertEquals(
                Map.of("stage", "prod", "flag", true, "more", "a=b"),
                new Project(root).context("stage=prod", "more=a=b"));
    }

    @Test
    void anArgumentThatIsNoContextIsRefused() {
        var project = Project.around(Path.of(""));
        var refused = assertThrows(InvalidContextException.class, () -> project.context("prod"));
        assertTrue(refused.getMessage().startsWith("argument 'prod' is no context; write key=value"));
    }

    @Test
    void ourOwnContextChecksTemplatesAgainstCdksRules() {
        assertEquals(true, Project.around(Path.of("")).context().get("@aws-cdk/core:validateAgainstDefaultRules"));
    }
}

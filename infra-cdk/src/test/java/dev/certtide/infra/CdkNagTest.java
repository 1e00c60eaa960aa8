package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.sqs.Queue;

/** {@link CerttideApp} runs cdk-nag's AwsSolutions on each synthesis. */
class CdkNagTest {
    @ParameterizedTest
    @EnumSource
    void noStageHasAFindingThatNobodyAcknowledged(Stage stage) {
        assertEquals(List.of(), Synthesized.of(stage).findings());
    }

    @Test
    void aFindingWouldStopTheSynthesis(@TempDir Path outdir) {
        var app = new App(AppProps.builder().outdir(outdir.toString()).build());
        Queue.Builder.create(new Stack(app, "ExpectedFindings"), "Plain").build();
        Validations.of(app).addPlugins(AwsSolutionsChecks.Builder.create(app).build());
        var stopped = assertThrows(RuntimeException.class, app::synth);
        assertTrue(stopped.getMessage().contains("Validation failed"), stopped.getMessage());
    }
}

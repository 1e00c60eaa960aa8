package dev.certtide.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.cxapi.CloudAssembly;

/**
 * Synthesizes one stage. Run by the CDK command line through {@code cdk.json}, or by itself in the project's folder
 * with context as arguments: {@code CerttideApp stage=local}. {@code CDK_OUTDIR} names the folder to write to.
 */
public final class CerttideApp {
    private CerttideApp() {}

    public static void main(String... arguments) {
        try {
            synthesize(Project.around(Path.of("")), arguments);
        } catch (InvalidContextException invalid) {
            System.err.println("certtide: " + invalid.getMessage());
            System.exit(1);
        }
    }

    /** Writes to the folder {@code CDK_OUTDIR}, or a temporary one; fails on a finding that nobody acknowledged. */
    static CloudAssembly synthesize(Project project, String... arguments) {
        var app = new App(AppProps.builder()
                .analyticsReporting(false)
                .context(project.context(arguments))
                .build());
        new CerttideStack(app, Deployment.of(app.getNode()::tryGetContext, project.functions()));
        Validations.of(app).addPlugins(AwsSolutionsChecks.Builder.create(app).build());
        return app.synth();
    }
}

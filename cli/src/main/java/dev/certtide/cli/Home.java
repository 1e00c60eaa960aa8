package dev.certtide.cli;

import java.nio.file.Path;

/** The project's folder, where the launcher stands. */
final class Home {
    private Home() {}

    static Path folder() {
        return Path.of(System.getProperty("certtide.home", "."))
                .toAbsolutePath()
                .normalize();
    }

    /** What {@code up} runs: the stack of the stage local, synthesized by the build. */
    static Path assembly() {
        return folder().resolve("infra-cdk").resolve("target").resolve("cdk.out-local");
    }
}

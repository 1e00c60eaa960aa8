package dev.certtide.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.probe.judge.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Files of roots. */
class TrustAnchorsFuzzTest {
    @TempDir
    private static Path folder;

    @FuzzTest
    void pem(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("roots.pem"), bytes);
        Bound.holds(() -> {
            try {
                Bound.require(TrustAnchors.of(List.of()).and(file).size() > 0, "roots without a root");
            } catch (IllegalArgumentException e) {
                // As documented.
            }
        });
    }
}

package dev.certtide.cli;

import dev.certtide.probe.trust.RootBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The list of roots that comes with Certtide, as a file of somebody's own would be. */
final class MozillasRoots {
    private MozillasRoots() {}

    static String pem() throws IOException {
        try (var pem = RootBundle.class.getResourceAsStream("mozilla-roots.pem")) {
            return new String(pem.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

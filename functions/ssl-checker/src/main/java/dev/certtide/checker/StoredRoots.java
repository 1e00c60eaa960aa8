package dev.certtide.checker;

import dev.certtide.kit.PublicRoots;
import dev.certtide.probe.trust.AnchorList;
import dev.certtide.probe.trust.RootBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** The list of public roots that {@code certtide configure roots} stores. */
record StoredRoots(PublicRoots roots) implements AnchorList {
    @Override
    public String title() {
        return "The stored list of roots";
    }

    @Override
    public Optional<String> version() throws IOException {
        return asked(roots::version);
    }

    @Override
    public RootBundle read(String version) throws IOException {
        var stored = asked(() -> roots.find(version))
                .orElseThrow(() -> new IOException("it was replaced while it was looked at"));
        // Read as bytes, as a file is: whatever is no PEM is skipped.
        return RootBundle.parse(stored.pem().getBytes(StandardCharsets.UTF_8)).orAsOf(stored.storedOn());
    }

    /** A table that does not answer now may do so the next time, and what is wrong in it may be mended. */
    private static <T> T asked(Supplier<T> question) throws IOException {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}

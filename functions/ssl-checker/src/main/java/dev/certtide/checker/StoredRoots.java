package dev.certtide.checker;

import dev.certtide.kit.PublicRoots;
import dev.certtide.probe.trust.AnchorList;
import dev.certtide.probe.trust.RootBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

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
                .orElseThrow(() -> new IllegalArgumentException("there is none of the version that is to count"));
        // Read as bytes, as a file is: whatever is no PEM is skipped.
        return RootBundle.parse(stored.pem().getBytes(StandardCharsets.UTF_8)).orAsOf(stored.storedOn());
    }

    /** A table that does not answer now may do so the next time. What is wrong in it stays wrong, and stops no checks. */
    private static <T> T asked(Supplier<T> question) throws IOException {
        try {
            return question.get();
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}

package dev.certtide.rules;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.palantir.javaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FormatTest {
    @Test
    void everySourceIsFormatted() throws IOException, FormatterException {
        var unformatted = new ArrayList<String>();
        var sources = Sources.all();
        assertTrue(sources.size() > 100, "only " + sources.size() + " sources found: is the project's folder right?");
        for (var source : sources) {
            var text = Files.readString(source);
            if (!Sources.format(text).equals(text)) {
                unformatted.add(Sources.ROOT.relativize(source).toString());
            }
        }
        assertFalse(
                !unformatted.isEmpty(),
                () -> "Not formatted; run build-tools/format.sh:\n" + String.join("\n", unformatted));
    }
}

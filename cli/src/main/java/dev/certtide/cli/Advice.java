package dev.certtide.cli;

import dev.certtide.model.FindingCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to do about a finding, in the words of {@code docs/findings.md}, which is built in. */
final class Advice {
    private static final Pattern SECTION =
            Pattern.compile("^### `([a-z-]+)`$.*?^\\*\\*Do\\*\\* (.+?)$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Map<String, String> BY_CODE = SECTION.matcher(page())
            .results()
            .collect(Collectors.toUnmodifiableMap(section -> section.group(1), section -> sentence(section.group(2))));

    private Advice() {}

    /** What to do; none for a code that the page says nothing of yet. */
    static Optional<String> on(FindingCode code) {
        return Optional.ofNullable(BY_CODE.get(code.code()));
    }

    private static String sentence(String markdown) {
        var plain = markdown.replace("`", "");
        return Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
    }

    private static String page() {
        try (var page = Advice.class.getResourceAsStream("findings.md")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the page of findings cannot be read", e);
        }
    }
}

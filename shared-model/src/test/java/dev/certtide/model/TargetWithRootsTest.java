package dev.certtide.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.event.WatchAdded;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.json.Json;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that is checked by private roots is another one than the same host by the public ones. */
class TargetWithRootsTest {
    private static final String NAME = "0123456789abcdef0123456789abcdef01234567";

    /** Published as that of {@code target} in docs/contracts/published/v1: readers may rely on it. */
    private static final Pattern PUBLISHED = Pattern.compile(
            "^(https|smtp|imap|pop3|ldap|postgres|mysql|ftp|xmpp)://(\\[[0-9a-f:.]+\\]|[^\\s/\\[\\]]+):[0-9]{1,5}$");

    @ParameterizedTest
    @CsvSource({
        "https://internal.example, https://roots-%s@internal.example:443, internal.example (private CA)",
        "https://bücher.example:8443/a?b#c, https://roots-%s@xn--bcher-kva.example:8443, xn--bcher-kva.example:8443 (private CA)",
        "smtp://192.0.2.1, smtp://roots-%s@192.0.2.1:25, smtp://192.0.2.1 (private CA)",
        "'[2001:db8::1]:8443', https://roots-%s@2001:db8::1:8443, [2001:db8::1]:8443 (private CA)",
    })
    void theIdSaysWhichRootsAndReadsBackAsTheSame(String url, String id, String displayName) {
        var publicly = Target.parse(url);
        var target = publicly.trusting(NAME);

        assertEquals(id.formatted(NAME), target.id());
        assertEquals(target, Target.ofId(target.id()));
        assertTrue(PUBLISHED.matcher(target.id()).matches(), target.id());
        assertEquals(displayName, target.displayName());
        assertEquals(publicly.id(), target.url());
        assertEquals(publicly, target.byPublicRoots());
        assertNotEquals(publicly, target);
        assertNotEquals(target, publicly.trusting(NAME.replace('0', 'f')));
        assertEquals(publicly, Target.ofId(publicly.id()));
        assertEquals(publicly.url(), publicly.id());
    }

    @Test
    void whereverAnIdIsWrittenTheRootsComeBackWithIt() {
        var target = Target.parse("internal.example").trusting(NAME);
        var added = new WatchAdded(target, Owner.DEFAULT);

        assertEquals(added, Json.read(WatchAdded.class, Json.write(added)));
        assertEquals(Optional.of(target), Cause.of(target).target());
        assertEquals("internal.example (private CA)", Cause.of(target).label());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://roots-" + NAME + "@internal.example:443",
                "roots-" + NAME + "@internal.example:443",
                "https://roots-" + NAME + "@internal.example",
                "HTTPS://Roots-" + NAME + "@internal.example:443",
                "https://roots-" + NAME + "%40internal.example:443",
                "https://roots-" + NAME + "\uFF20internal.example:443",
                "https://roots-" + NAME + "\uFE6Binternal.example:443"
            })
    void noUsersUrlNamesRoots(String url) {
        assertEquals(
                "url",
                assertThrows(InvalidInputException.class, () -> Target.parse(url))
                        .field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://internal.example/roots-" + NAME + "@internal.example:443",
                "https://internal.example?roots-" + NAME + "@internal.example:443",
                "https://internal.example#@roots-" + NAME,
                "https://internal.example/?privateRoots=" + NAME
            })
    void whatFollowsTheHostNamesNone(String url) {
        assertEquals(Optional.empty(), Target.parse(url).roots());
        assertEquals(Optional.empty(), Target.ofId(url).roots());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://roots-" + NAME + "0@internal.example:443",
                "https://roots-" + NAME + "@",
                "https://roots-" + NAME + "@internal.example",
                "https://roots-" + NAME + "@a@internal.example:443",
                "https://roots-" + NAME + "@internal.example/:443",
                "https://jane@internal.example:443",
                "gopher://roots-" + NAME + "@internal.example:443"
            })
    void whatIsNearlySuchAnIdIsNone(String id) {
        assertThrows(InvalidInputException.class, () -> Target.ofId(id));
    }
}

package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostPatternTest {
    private static final Target HTTPS = Target.parse("wiki.example");
    private static final Target MAIL = Target.parse("smtp://wiki.example");
    private static final Target HERS = HTTPS.trusting("0123456789abcdef0123456789abcdef01234567");
    private static final Target HIS = HTTPS.trusting("0123456789abcdef0123456789abcdef00000000");

    @Test
    void aHostIsAllOfItAndAUrlOnePlaceWhicheverRootsAreTrusted() {
        assertEquals(List.of(HTTPS, MAIL, HERS, HIS), matching("wiki.example"));
        assertEquals(List.of(HTTPS, HERS, HIS), matching("wiki.example:443"));
        assertEquals(List.of(HTTPS, HERS, HIS), matching("https://wiki.example/login"));
        assertEquals(List.of(MAIL), matching("smtp://wiki.example"));
        assertEquals(List.of(), matching("example"));
    }

    @Test
    void anIdIsOneTarget() {
        assertEquals(List.of(HERS), matching(HERS.id()));
        assertTrue(new HostPattern(HERS.id()).isExact());
    }

    private static List<Target> matching(String text) {
        var pattern = new HostPattern(text);
        return Stream.of(HTTPS, MAIL, HERS, HIS).filter(pattern::matches).toList();
    }
}

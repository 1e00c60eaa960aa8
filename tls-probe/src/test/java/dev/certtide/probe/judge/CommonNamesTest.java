package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonNamesTest {
    /** An octet string. The JDK gives its bytes, and bytes print as their place in memory. */
    private static final String NO_TEXT = "#0403010203";

    @Test
    void aCommonNameThatIsNoTextSpellsNothing() {
        assertEquals(List.of(), LeafNameRules.commonNames(certificate(NO_TEXT)));
        assertEquals(List.of("Text"), LeafNameRules.commonNames(certificate("Text")));
    }

    @Test
    void aCommonNameThatIsNoTextIsToldInHex() {
        assertEquals("'" + NO_TEXT + "'", Wording.subject(certificate(NO_TEXT)));
    }

    private static X509Certificate certificate(String commonName) {
        return Forge.root(commonName).certificate();
    }
}

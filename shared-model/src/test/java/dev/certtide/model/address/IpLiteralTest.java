package dev.certtide.model.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2852039166",
                "0x7f.1",
                "127.1",
                "127.0.1",
                "0177.0.0.1",
                "0x7f000001",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.08"
            })
    void whatOnlyTheCLibraryTakesForAnAddressIsNeitherAddressNorName(String text) {
        assertEquals(Optional.empty(), IpLiteral.parse(text));
        assertTrue(IpLiteral.endsInNumber(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "1.2.3.4.", "[::1]", "::1%lo", "fe80::1%1", ":::", "1::2::3", "12345::", "::g", " ::1"})
    void looseSpellingsAreNoAddresses(String text) {
        assertEquals(Optional.empty(), IpLiteral.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "1.example", "a.1b", "0x.example", "x0", "localhost", "1.2.3.a", "a.0xg"})
    void namesDoNotEndInANumber(String name) {
        assertFalse(IpLiteral.endsInNumber(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.1", "a.0x1f", "a.0x", "a.08.", "1"})
    void aNameWhoseLastLabelIsANumberEndsInOne(String name) {
        assertTrue(IpLiteral.endsInNumber(name));
    }

    @Test
    void aMappedAddressIsItsIpv4Address() {
        assertTrue(IpLiteral.parse("::ffff:1.2.3.4").orElseThrow() instanceof Inet4Address);
        assertEquals(IpLiteral.parse("1.2.3.4"), IpLiteral.parse("::ffff:102:304"));
    }

    /** RFC 5952, 4.1 to 4.3. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            192.0.2.1,                         192.0.2.1
            0:0:0:0:0:0:0:0,                   ::
            0:0:0:0:0:0:0:1,                   ::1
            2001:0DB8:0:0:0:0:0:1,             2001:db8::1
            2001:db8:0:1:1:1:1:1,              2001:db8:0:1:1:1:1:1
            2001:0:0:1:0:0:0:1,                2001:0:0:1::1
            2001:db8:0:0:1:0:0:1,              2001:db8::1:0:0:1
            fe80:0:0:0:0:0:0:0,                fe80::
            """)
    void addressesAreWrittenInTheirOneCanonicalForm(String written, String canonical) {
        assertEquals(canonical, IpLiteral.text(IpLiteral.parse(written).orElseThrow()));
    }
}

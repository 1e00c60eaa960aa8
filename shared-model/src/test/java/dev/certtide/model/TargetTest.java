package dev.certtide.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.com, example.com",
        "https://example.com:8443, example.com:8443",
        "smtp://mail.example, smtp://mail.example",
        "smtp://mail.example:587, smtp://mail.example:587",
        "ldap://[2001:db8::1]:389, ldap://[2001:db8::1]",
    })
    void peopleReadOfWhichServiceOfAHostItIs(String url, String displayName) {
        var target = Target.parse(url);
        assertEquals(displayName, target.displayName());
        assertEquals(target, Target.parse(displayName));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com:443",
        "HTTPS://Example.COM, https://example.com:443",
        "example.com, https://example.com:443",
        "example.com:8443, https://example.com:8443",
        "'  https://example.com/  ', https://example.com:443",
        "https://example.com:, https://example.com:443",
        "https://example.com:00443, https://example.com:443",
        "https://example.com/path@x, https://example.com:443",
        "https://example.com?q=a@b:1, https://example.com:443",
        "https://example.com#a@b, https://example.com:443",
        "https://example.com:8443/a/b?c=d#e, https://example.com:8443",
        "example.com/a:b, https://example.com:443",
        "smtp://mx.example.com, smtp://mx.example.com:25",
        "imap://mail.example.com, imap://mail.example.com:143",
        "pop3://mail.example.com, pop3://mail.example.com:110",
        "ldap://dir.example.com, ldap://dir.example.com:389",
        "postgres://db.example.com, postgres://db.example.com:5432",
        "ftp://files.example.com, ftp://files.example.com:21",
        "xmpp://chat.example.com, xmpp://chat.example.com:5222",
        "https://example.com:1, https://example.com:1",
        "https://example.com:65535, https://example.com:65535",
        "https://localhost, https://localhost:443",
    })
    void aUrlIsReadAsProtocolHostAndPort(String url, String id) {
        assertEquals(id, Target.parse(url).id());
    }

    @ParameterizedTest
    @CsvSource({
        "faß.de, xn--fa-hia.de",
        "FASS.de, fass.de",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example, xn--bcher-kva.example",
        "'bu\u0308cher.example', xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "xn--fa-hia.de, xn--fa-hia.de",
        "'\u0430pple.com', xn--pple-43d.com",
        "'ｅｘａｍｐｌｅ．ｃｏｍ', example.com",
        "'example\u3002com', example.com",
        "'exam\u00ADple.com', example.com",
        "'💩.la', xn--ls8h.la",
        "example.com., example.com",
        "my_host._tcp.example.com, my_host._tcp.example.com",
        "r3---sn-apo3qvuoxuxbt-j5pe.googlevideo.com, r3---sn-apo3qvuoxuxbt-j5pe.googlevideo.com",
        "1.example, 1.example",
        "a.1b, a.1b",
        "'\u05D0.com', xn--4db.com",
    })
    void aNameIsNormalisedAfterUts46(String written, String host) {
        assertEquals(host, Target.parse("https://" + written).host());
        assertEquals(host, Target.parse(written + ":443").host());
        assertFalse(Target.parse(written).isAddress());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "[2001:DB8:0:0:0:0:0:1], 2001:db8::1",
        "[2001:0db8::0001], 2001:db8::1",
        "[::], ::",
        "[::1], ::1",
        "[1::], 1::",
        "[1:0:0:2:0:0:0:3], 1:0:0:2::3",
        "[1:0:0:2:3:0:0:4], 1::2:3:0:0:4",
        "[1:2:3:4:5:6:0:8], 1:2:3:4:5:6:0:8",
        "[0:1:2:3:4:5:6:7], 0:1:2:3:4:5:6:7",
        "[::1.2.3.4], ::102:304",
        "[::ffff:1.2.3.4], 1.2.3.4",
        "[::FFFF:102:304], 1.2.3.4",
    })
    void anAddressIsNormalisedAfterRfc5952(String written, String host) {
        var target = Target.parse("https://" + written + ":8443/");
        assertEquals(host, target.host());
        assertTrue(target.isAddress());
        assertEquals(target, Target.parse(target.id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty; write it as https://host",
                "'   ' | is empty; write it as https://host",
                "https:// | has no host; write it as https://host",
                "https:///x | has no host; write it as https://host",
                "//example.com | has no host; write it as https://host",
                ":443 | has no host; write it as https://host",
                "/path | has no host; write it as https://host",
                "http://example.com | http has no certificate; publish the https address",
                "HTTP://example.com | http has no certificate; publish the https address",
                "gopher://example.com | scheme is not one of https, smtp, imap, pop3, ldap, postgres, mysql, ftp, xmpp",
                "https:/example.com | is not host:port; write it as https://host, with two slashes",
                "http:/example.com | is not host:port; write it as https://host, with two slashes",
                "https://example.com:0 | port 0 is out of range; use 1 to 65535",
                "https://example.com:65536 | port 65536 is out of range; use 1 to 65535",
                "https://example.com:99999999999 | port has 11 digits; use 1 to 65535",
                "https://127.1 | host ends in a number but is no IPv4 address; write all four numbers, in decimal",
                "https://2852039166 | host ends in a number but is no IPv4 address; write all four numbers, in decimal",
                "https://0x7f.1 | host ends in a number but is no IPv4 address; write all four numbers, in decimal",
                "https://0177.0.0.1 | host ends in a number but is no IPv4 address; write all four numbers, in decimal",
                "https://1.2.3.4. | host ends in a number but is no IPv4 address; write all four numbers, in decimal",
                "https://256.1.1.1 | host ends in a number but is no IPv4 address; write all four numbers, in decimal",
                "https://１２７．０．０．１ | host ends in a number but is no IPv4 address; write all four numbers, in decimal",
                "https://example.0x7f | host ends in a number but is no IPv4 address; write all four numbers, in decimal",
                "https://example.com.. | host is not a valid name (empty label)",
                "https://.example.com | host is not a valid name (empty label)",
                "https://a..b | host is not a valid name (empty label)",
                "https://. | host is not a valid name (empty label)",
                "https://-a.example | host is not a valid name (leading hyphen)",
                "https://a-.example | host is not a valid name (trailing hyphen)",
                "https://xn--a.example | host is not a valid name (invalid ace label)",
                "'https://1\u05D0.com' | host is not a valid name (bidi)",
                "'https://a\u200Db.com' | host is not a valid name (contextj)",
                "https://ex%61mple.com | host holds characters that no DNS name has; use letters, digits, hyphens and dots",
                "https://a<b.example | host holds characters that no DNS name has; use letters, digits, hyphens and dots",
                "'https://a\u00A0b.example' | host holds characters that no DNS name has; use letters, digits, hyphens and dots",
                "https://* | host holds characters that no DNS name has; use letters, digits, hyphens and dots",
            })
    void aBadUrlIsRefusedAndTheMessageSaysWhatToDo(String url, String problem) {
        var refusal = assertThrows(InvalidInputException.class, () -> Target.parse(url));
        assertEquals("url", refusal.field());
        assertEquals(problem, refusal.problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::1",
                "2001:db8::1",
                "https://2001:db8::1",
                "https://2001:db8::1:443",
                "example.com:https",
                "example.com:",
                "example.com:+443",
                "example.com:-1",
                "example.com:４４３",
                "example.com:4 43",
                "example.com:443:443",
                "[::1",
                "[::1]x",
                "[::1]443",
                "[]",
                "[1.2.3.4]",
                "[example.com]",
                "[fe80::1%eth0]",
                "[fe80::1%25eth0]",
                "[::1]]",
                "[[::1]]",
                "[:::]",
                "javascript:alert(1)",
                "mailto:jane@example.com"
            })
    void whatIsNoHostAndPortIsRefused(String url) {
        assertEquals(
                "url",
                assertThrows(InvalidInputException.class, () -> Target.parse(url))
                        .field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "2001:db8::1", "https://2001:db8::1", "[::1"})
    void anIpv6AddressWithoutBracketsIsToldToHaveThem(String url) {
        var refusal = assertThrows(InvalidInputException.class, () -> Target.parse(url));
        assertTrue(refusal.problem().contains("brackets"), refusal.problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b.example",
                "a\tb.example",
                "a\nb.example",
                "a\rb.example",
                "a\u0000b.example",
                "a\u007Fb.example",
                "a\u0085b.example",
                "a\u2028b.example",
                "a\\b.example",
                "\\\\a.example",
                "a.example\\@b.example"
            })
    void aHostWithSpaceControlCharacterOrBackslashIsRefused(String host) {
        assertThrows(InvalidInputException.class, () -> Target.parse("https://" + host));
        assertThrows(InvalidInputException.class, () -> Target.parse(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://jane:s3cret@example.com",
                "https://s3cret@example.com",
                "s3cret@example.com",
                "jane:s3cret@example.com:443",
                "https://jane:s3cret@",
                "https://@s3cret@example.com",
                "https://jane:s3cret@example.com:99999999",
                "https://jane:s3cret@[::1",
                "s3cret://example.com",
                "https://jane:s3cret/@example.com",
                "jane:s3cret"
            })
    void aPasswordIsNeverRepeated(String url) {
        var refusal = assertThrows(InvalidInputException.class, () -> Target.parse(url));
        assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
    }

    @Test
    void aLabelHasAtMost63CharactersAndANameAtMost253() {
        var label = "a".repeat(63);
        var longest = String.join(".", label, label, label, "a".repeat(61));
        assertEquals(253, longest.length());
        assertEquals(longest, Target.parse(longest).host());
        assertEquals(longest, Target.parse(longest + ".").host());
        refused("host is not a valid name (label too long)", label + "a.example");
        refused(
                "host is 254 characters long; a DNS name has at most 253",
                String.join(".", label, label, label, "a".repeat(62)));
        // 45 letters as people write them, more than 63 as DNS has them.
        refused("host is not a valid name (label too long)", "ü".repeat(60) + "é".repeat(3) + ".example");
    }

    @Test
    void anEndlessHostIsRefusedAndNotRepeated() {
        refused("host is 10000 characters long; a DNS name has at most 253", "a".repeat(10_000));
        refused("host is 10000 characters long; a DNS name has at most 253", "a.".repeat(5_000));
        refused("is 20008 characters long; use at most 16384", "https://" + "ü".repeat(20_000));
        refused("port has 9000 digits; use 1 to 65535", "https://example.com:" + "9".repeat(9_000));
    }

    @Test
    void aLoneSurrogateIsNoPartOfAName() {
        refused("host is not a valid name (disallowed)", "\uD800.example");
    }

    @Test
    void theIdentityReadsBackAsTheSameTarget() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var host = randomHost(random);
            try {
                var target = Target.parse(host);
                assertEquals(target, Target.parse(target.id()), () -> host + ", seed " + seed);
                assertEquals(target.id(), Target.parse(target.id()).id(), () -> host + ", seed " + seed);
                assertTrue(target.host().chars().allMatch(c -> c < 0x7f), () -> host + ", seed " + seed);
            } catch (InvalidInputException refused) {
                assertEquals("url", refused.field(), () -> host + ", seed " + seed);
            }
        }
    }

    /** Characters that mean something in a URL, in UTS 46, or in an address, in any order. */
    private static String randomHost(Random random) {
        var alphabet = "abcxn--09..::[]/@_ üßéẞאΣς。．１\u00AD\u200D💩%f";
        return random.ints(1 + random.nextInt(12), 0, alphabet.codePointCount(0, alphabet.length()))
                .map(i -> alphabet.codePointAt(alphabet.offsetByCodePoints(0, i)))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static void refused(String problem, String url) {
        assertEquals(
                problem,
                assertThrows(InvalidInputException.class, () -> Target.parse(url))
                        .problem());
    }
}

package dev.certtide.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateRootsTest {
    private static final String CA = pem("ca");
    private static final String OTHER = pem("other-ca");
    private static final String KEY = "-----BEGIN %s-----\ns3cret\n-----END %s-----\n";

    @Test
    void theSameCertificatesHaveTheSameNameInWhateverOrderNumberAndWritingTheyCome() {
        var roots = PrivateRoots.parse(CA + OTHER);

        assertEquals(2, roots.certificates().size());
        for (var text : new String[] {
            OTHER + CA,
            CA + OTHER + CA,
            "Our CAs:\n# As of: 2026-01-01\n" + CA + "and\n" + OTHER + "\n\n",
            (CA + OTHER).replace("\n", "\r\n"),
            (CA + OTHER).replace("\n", " ").strip(),
            (CA + OTHER).replace("\n", ""),
            roots.pem()
        }) {
            assertEquals(roots, PrivateRoots.parse(text), text);
            assertEquals(roots.name(), PrivateRoots.parse(text).name(), text);
        }
        assertNotEquals(roots.name(), PrivateRoots.parse(CA).name());
        assertNotEquals(PrivateRoots.parse(OTHER).name(), PrivateRoots.parse(CA).name());
    }

    /** Whoever computes names elsewhere, and every table that is filled already, relies on it. */
    @Test
    void theNameIsTheBeginningOfTheSha256OfTheDerOfAllCertificates() {
        var der = Base64.getMimeDecoder().decode(CA.replaceAll("-----[A-Z ]*-----", ""));
        var name = PrivateRoots.parse(CA).name();

        assertEquals(Fingerprint.of(der).substring(0, 40), name);
        assertEquals("c61d020ccb21a5e5519b3aa256db1284e9f07b93", name);
        assertTrue(PrivateRoots.isName(name));
        assertFalse(PrivateRoots.isName(name.toUpperCase(Locale.ROOT)));
        assertFalse(PrivateRoots.isName(name + "0"));
        assertFalse(PrivateRoots.isName("../" + name.substring(3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca", "other-ca", "version-1", "expired-ca"})
    void whatACaSignsItselfIsTakenAlsoWhenItIsOldOrHasExpired(String name) {
        assertEquals(1, PrivateRoots.parse(pem(name)).certificates().size());
    }

    @ParameterizedTest
    @CsvSource({"server", "bare", "nosign"})
    void whatIsNoCasIsRefusedWithItsPlace(String name) {
        assertEquals(
                "certificate 2 is not a CA's; send the one that it leads to, and no servers'",
                refused(CA + pem(name)).problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRIVATE KEY",
                "RSA PRIVATE KEY",
                "EC PRIVATE KEY",
                "ENCRYPTED PRIVATE KEY",
                "OPENSSH PRIVATE KEY"
            })
    void aPrivateKeyIsRefusedFirstOfAllAndNotRepeated(String kind) {
        for (var text : new String[] {
            CA + KEY.formatted(kind, kind),
            KEY.formatted(kind, kind),
            "-----BEGIN " + kind + "-----\ns3cret",
            KEY.formatted(kind, kind) + "x".repeat(PrivateRoots.LONGEST_PEM)
        }) {
            var refusal = refused(text);
            assertTrue(refusal.problem().startsWith("holds a private key; "), refusal.problem());
            assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
        }
    }

    @Test
    void whatIsNoListOfCertificatesIsRefusedWithWhatToDo() {
        var none = "holds no certificate; send those of your CA as PEM (-----BEGIN CERTIFICATE-----)";
        assertEquals(none, refused("").problem());
        assertEquals(none, refused(" \n").problem());
        var noPem = "is no PEM; send whole certificates, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----";
        assertEquals(noPem, refused("/etc/ssl/ca.pem").problem());
        assertEquals(noPem, refused(CA + CA.substring(0, 300)).problem());
        assertEquals(noPem, refused("MIIBoDCCAUegAwIBAgIUXz2jY").problem());
        var request = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n";
        assertEquals(
                "holds something else than certificates; send those of your CA alone",
                refused(CA + request).problem());
        var unreadable = "certificate 1 can't be read; export it again as PEM";
        assertEquals(
                unreadable,
                refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                        .problem());
        assertEquals(
                unreadable,
                refused("-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n")
                        .problem());
        var dated = "# Distrust after: 2026-05-31T23:59:59Z " + "0".repeat(64) + "\n" + CA;
        assertTrue(refused(dated).problem().contains("is not heeded here"));
        var tooLong = CA + " ".repeat(PrivateRoots.LONGEST_PEM);
        assertTrue(refused(tooLong).problem().startsWith("is " + tooLong.length() + " characters long; "));
    }

    @Test
    void whateverIsBrokenInACertificateOnlyARefusalComesOfIt() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var der = Base64.getMimeDecoder().decode(CA.replaceAll("-----[A-Z ]*-----", ""));
        for (int i = 0; i < 5_000; i++) {
            var broken = der.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            var text = "-----BEGIN CERTIFICATE-----\n" + Base64.getEncoder().encodeToString(broken)
                    + "\n-----END CERTIFICATE-----\n";
            try {
                var roots = PrivateRoots.parse(text);
                assertEquals(roots.name(), PrivateRoots.parse(roots.pem()).name(), () -> "seed " + seed);
            } catch (InvalidInputException refused) {
                assertEquals("privateRoots", refused.field(), () -> "seed " + seed);
            }
        }
    }

    static String pem(String name) {
        try (var file = PrivateRootsTest.class.getResourceAsStream("roots/" + name + ".pem")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidInputException refused(String pem) {
        var refusal = assertThrows(InvalidInputException.class, () -> PrivateRoots.parse(pem));
        assertEquals("privateRoots", refusal.field());
        return refusal;
    }
}

package dev.certtide.probe.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustAnchorsTest {
    @TempDir
    private Path folder;

    @Test
    void theRootsOfAFileAreAddedToThoseOfThePublicList() throws Exception {
        CertificateAuthority one = CertificateAuthority.create("One", Instant.now());
        CertificateAuthority two = CertificateAuthority.create("Two", Instant.now());
        Path file = Files.writeString(folder.resolve("roots.pem"), "# two roots\n" + one.rootPem() + two.rootPem());
        TrustAnchors listed = TrustAnchors.ofMozilla();

        TrustAnchors more = listed.and(file);

        assertEquals(listed.size() + 2, more.size());
        assertTrue(more.contains(two.root().certificate()));
    }

    @Test
    void aFileWithoutCertificatesIsRefusedByName() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.pem"), "\n");

        var refusal = assertThrows(
                IllegalArgumentException.class, () -> TrustAnchors.ofMozilla().and(file));
        assertTrue(refusal.getMessage().contains("empty.pem"), refusal::getMessage);
        assertThrows(
                IllegalArgumentException.class, () -> TrustAnchors.ofMozilla().and(folder.resolve("absent.pem")));
    }
}

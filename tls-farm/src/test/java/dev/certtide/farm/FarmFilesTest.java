package dev.certtide.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarmFilesTest {
    @Test
    void filesThatNobodyAskedForGoWithTheFarm() throws IOException {
        try (var farm = TlsFarm.start()) {
            var files = FarmFiles.write(farm, Optional.empty());
            assertTrue(Files.readString(files.root()).startsWith("-----BEGIN CERTIFICATE-----"));
            assertEquals(farm.hostsFile(), Files.readString(files.names()));
            assertEquals(farm.hosts().stream().map(FarmHost::url).toList(), Files.readAllLines(files.urls()));
            files.close();
            assertFalse(Files.exists(files.folder()));
        }
    }

    @Test
    void filesInAFolderOfOnesOwnStay(@TempDir Path folder) throws IOException {
        var own = folder.resolve("farm");
        try (var farm = TlsFarm.start()) {
            FarmFiles.write(farm, Optional.of(own)).close();
        }
        assertTrue(Files.exists(own.resolve("root.pem")));
        assertTrue(Files.exists(own.resolve("hosts")));
        assertTrue(Files.exists(own.resolve("urls.txt")));
    }
}

package dev.certtide.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.FarmFiles;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A list of public roots that an operator stores is what the deployed checker goes by. */
class PublicRootsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final TlsFarm FARM = TlsFarm.start();
    private static final FarmFiles FILES = files();

    @RegisterExtension
    private static final DeployedStack STACK = new DeployedStack(Map.of(
            "CERTTIDE_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128",
            "CERTTIDE_ALLOWED_PORTS", "1-65535",
            "CERTTIDE_HOSTS_FILE", FILES.names().toString()));

    @AfterAll
    static void stopFarm() throws IOException {
        FILES.close();
        FARM.close();
    }

    /** The checker looks when it begins: stored before its first check, the list counts from then on. */
    @Test
    void anAuthorityThatIsOnTheStoredListAloneIsTrusted(@TempDir Path folder) throws IOException {
        var list = Files.writeString(
                folder.resolve("roots.pem"),
                MozillasRoots.pem() + FARM.authority().rootPem());
        var stored = STACK.run("configure", "roots", list.toString());
        assertTrue(stored.out().startsWith("within five minutes 122 roots as of "), stored.err());

        var host = FARM.host(HostKind.GOOD);
        STACK.run("publish", host.url());
        await("the result")
                .atMost(PATIENCE)
                .until(() -> status(host.name()).lines().count() == 2);

        assertEquals("ok", status(host.name()).lines().toList().get(1).split(" +")[1]);
    }

    private static String status(String host) {
        return STACK.run("status", host).out();
    }

    private static FarmFiles files() {
        try {
            return FarmFiles.write(FARM, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("the farm's files cannot be written", e);
        }
    }
}

package dev.certtide.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.FarmFiles;
import dev.certtide.farm.FarmHost;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.local.LocalCloud;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that nobody trusts but those who bring their CA, on the deployed stack. */
class PrivateRootsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    static Path folder;

    private static TlsFarm farm;
    private static FarmFiles files;
    private static LocalCloud cloud;

    @BeforeAll
    static void startCloud() throws IOException {
        assertTrue(Files.exists(Home.assembly()), "the stack has not been synthesized: build infra-cdk first");
        farm = TlsFarm.start();
        files = FarmFiles.write(farm, Optional.empty());
        cloud = LocalCloud.of(Home.assembly())
                .port(0)
                .environment(Map.of(
                        "CERTTIDE_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128",
                        "CERTTIDE_ALLOWED_PORTS", "1-65535",
                        "CERTTIDE_HOSTS_FILE", files.names().toString()))
                .start();
    }

    @AfterAll
    static void stopCloud() throws IOException {
        if (cloud != null) {
            cloud.close();
            files.close();
            farm.close();
        }
    }

    @Test
    void aHostIsShownByThePublicRootsAndByThePrivateOnesOfWhomeverWatchesItWithThem() throws IOException {
        FarmHost host = farm.host(HostKind.GOOD);
        var publicly = Target.parse(host.url());
        var privately =
                publicly.trusting(PrivateRoots.parse(farm.authority().rootPem()).name());
        var root = Files.writeString(
                        folder.resolve("root.pem"), farm.authority().rootPem())
                .toString();
        assertEquals(
                "published " + publicly + " for joe\n",
                run("publish", host.url(), "--owner", "joe").out());
        assertEquals(
                "published " + privately + " for jane\n",
                run("publish", host.url(), "--owner", "jane", "--private-roots", root)
                        .out());
        await("both results").atMost(PATIENCE).until(() -> status(host.name()).size() == 3);

        var rows = status(host.name());
        assertTrue(rows.get(1).matches(publicly.displayName() + " +critical +untrusted-root .*"), rows::toString);
        assertTrue(rows.get(2).startsWith(privately.displayName() + " "), rows::toString);
        assertTrue(rows.get(2).matches(".*\\(private CA\\) +ok .*"), rows::toString);
        assertEquals(3, status(host.name() + ":" + host.port()).size());
        assertTrue(status(privately.id()).getLast().startsWith(privately.displayName() + " "));
        assertEquals(2, status(privately.id()).size());

        for (var asked : List.of(host.name(), host.url())) {
            var why = run("why", asked).out();
            assertTrue(why.contains(publicly.displayName() + "  "), why);
            assertTrue(why.contains(privately.displayName() + "  "), why);
            assertTrue(why.contains("joe") && why.contains("jane"), why);
        }
        assertFalse(run("why", privately.id()).out().contains("joe"));

        movedToAnotherOwner(privately);
        run("watch", "pause", host.url(), "--owner", "jane", "--private-roots", root);
        await("the pause").atMost(PATIENCE).until(() -> watched("jane").contains("paused"));
        run("watch", "rm", privately.id(), "--owner", "jane");
        await("the removal").atMost(PATIENCE).until(() -> !watched("jane").contains("private CA"));
        assertFalse(watched("joe").contains("private CA"));
    }

    private static void movedToAnotherOwner(Target privately) throws IOException {
        var exported = run("export", "--owner", "jane").out();
        assertTrue(exported.contains("-----BEGIN CERTIFICATE----- "), exported);
        var file = Files.writeString(folder.resolve("jims.csv"), exported.replace(",jane,", ",jim,"));
        assertEquals("1 line published\n", run("import", file.toString()).out());
        await("the import").atMost(PATIENCE).until(() -> run("watch", "ls", "--owner", "jim", "--json")
                .out()
                .contains(privately.id()));
    }

    @Test
    void aFileThatHoldsNoCaIsRefusedBeforeAnythingIsPublished() throws IOException {
        var file = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\ns3cret\n");
        for (var command : List.of(
                new String[] {"publish", "internal.example"}, new String[] {"watch", "rm", "internal.example"})) {
            var refused = run(Stream.concat(Arrays.stream(command), Stream.of("--private-roots", file.toString()))
                    .toArray(String[]::new));
            assertEquals(ExitCode.USAGE, refused.exitCode());
            assertTrue(refused.err().contains("--private-roots: " + file + " holds a private key; "), refused.err());
            assertFalse(refused.err().contains("s3cret"), refused.err());
        }
        var absent = run(
                "publish",
                "internal.example",
                "--private-roots",
                folder.resolve("absent.pem").toString());
        assertEquals(ExitCode.USAGE, absent.exitCode());
        assertTrue(absent.err().contains("there is no file " + folder.resolve("absent.pem")), absent.err());
    }

    private static List<String> status(String host) {
        return run("status", host).out().lines().toList();
    }

    private static String watched(String owner) {
        return run("watch", "ls", "--owner", owner).out();
    }

    private static Run run(String... arguments) {
        return Run.of(Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of("--endpoint-url", cloud.endpoint().toString()))
                .toArray(String[]::new));
    }
}

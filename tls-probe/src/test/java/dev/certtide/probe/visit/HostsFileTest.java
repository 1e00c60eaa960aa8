package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("192.0.2.9");

    @TempDir
    private Path folder;

    @Test
    void namesInTheFileComeFirstAndOthersGoOn() throws Exception {
        Path file = Files.writeString(folder.resolve("hosts"), """
                # a comment
                127.0.0.1 localhost A.test  b.test # another
                ::1       a.test
                127.1     c.test
                nonsense

                """);
        Resolver resolver = ((Resolver) name -> List.of(ELSEWHERE)).after(file);

        assertEquals(
                List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")), resolver.resolve("a.test"));
        assertEquals(List.of(InetAddress.ofLiteral("127.0.0.1")), resolver.resolve("B.test"));
        assertEquals(List.of(ELSEWHERE), resolver.resolve("c.test"));
    }

    @Test
    void aChangedFileIsReadAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("hosts"), "127.0.0.1 a.test\n");
        Resolver resolver = ((Resolver) name -> List.of(ELSEWHERE)).after(file);
        assertEquals(List.of(ELSEWHERE), resolver.resolve("added.test"));

        Files.writeString(file, "127.0.0.1 a.test\n127.0.0.3 added.test\n");

        assertEquals(List.of(InetAddress.ofLiteral("127.0.0.3")), resolver.resolve("added.test"));
    }

    @Test
    void aMissingFileIsToldAndNotPassedOver() {
        Resolver resolver = Resolver.system().after(folder.resolve("absent"));

        var failure = assertThrows(UnknownHostException.class, () -> resolver.resolve("a.test"));
        assertTrue(failure.getMessage().contains("absent"), failure::getMessage);
    }
}

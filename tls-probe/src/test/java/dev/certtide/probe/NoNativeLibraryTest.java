package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.trust.TrustAnchors;
import dev.certtide.probe.visit.HandshakeLimits;
import dev.certtide.probe.visit.Resolver;
import dev.certtide.probe.visit.TlsEngine;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where no native library is, everything is there nevertheless. In a process of its own: a library stays loaded. */
class NoNativeLibraryTest {
    @Test
    void withoutNativeLibrariesTheJdkDoesItAll() throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> !jar.contains("netty") && !jar.contains("AmazonCorretto"))
                .collect(Collectors.joining(File.pathSeparator));

        assertEquals(List.of("jsse", "[]"), outputOfCheck("-cp", classPath));
    }

    @Test
    void aPropertyChoosesTheEngine() throws Exception {
        assertEquals(
                List.of("jsse", "[]"),
                outputOfCheck("-D" + TlsEngine.PROPERTY + "=jsse", "-cp", System.getProperty("java.class.path")));
    }

    @Test
    void nothingIsSaidOnTheConsole() throws Exception {
        assertEquals(
                List.of(TlsEngine.best() == TlsEngine.jsse() ? "jsse" : "native", "[]"),
                outputOfCheck("-cp", System.getProperty("java.class.path")));
    }

    private static List<String> outputOfCheck(String... options) throws Exception {
        Path output = Files.createTempFile("check", ".txt");
        Process process = new ProcessBuilder(Stream.of(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "--enable-native-access=ALL-UNNAMED"),
                                Stream.of(options),
                                Stream.of(Check.class.getName()))
                        .flatMap(part -> part)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        // SLF4J complains that a library has no provider for it; programs have one.
        return Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("SLF4J"))
                .toList();
    }

    /** Prints which engine there is, and what it finds on a good host. */
    static final class Check {
        private Check() {}

        public static void main(String[] arguments) throws Exception {
            HandshakeLimits.raise();
            System.out.println(TlsEngine.best() == TlsEngine.jsse() ? "jsse" : "native");
            try (TlsFarm farm = TlsFarm.start(InstantSource.system())) {
                Path hosts = farm.writeHostsFile(Files.createTempFile("hosts", ""));
                System.out.println(TlsChecker.builder()
                        .guard(AddressGuard.strict()
                                .allowingNetworks("127.0.0.0/8")
                                .allowingPorts(Ports.ALL))
                        .resolver(Resolver.system().after(hosts))
                        .anchors(TrustAnchors.of(List.of(farm.authority().root().certificate())))
                        .build()
                        .check(
                                Target.parse(
                                        "https://" + farm.host(HostKind.GOOD).authority()),
                                InstantSource.system())
                        .findings());
            }
            System.exit(0);
        }
    }
}

package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.Listener;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server gets to see, read from the bytes (RFC 8446, 4.1.2; RFC 6066, 3). */
class ClientHelloTest {
    private final BlockingQueue<ByteBuffer> hellos = new ArrayBlockingQueue<>(1);

    @ParameterizedTest
    @CsvSource(textBlock = """
            good.certtide.test,        good.certtide.test
            under_score.certtide.test, under_score.certtide.test
            _443._tcp.certtide.test,   _443._tcp.certtide.test
            dotted.certtide.test.,     dotted.certtide.test
            127.0.0.1,                 none
            ::1,                       none
            """)
    void theServerNameIsTheHostUnlessThatIsAnAddress(String host, String serverName) throws Exception {
        try (Listener server = Listener.start(this::keepHello)) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port());
            AddressGuard guard =
                    AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL);
            new Probe(
                            Resolver.system(), guard, Duration.ofSeconds(5), Optional.of(address), Optional.empty())
                    .visit(new Target(Protocol.HTTPS, host, server.port()));

            ByteBuffer hello = hellos.poll(5, TimeUnit.SECONDS);

            assertEquals(serverName, serverNameIn(hello).orElse("none"));
        }
    }

    private void keepHello(Socket connection) throws IOException {
        InputStream received = connection.getInputStream();
        ByteBuffer header = ByteBuffer.wrap(received.readNBytes(5));
        hellos.offer(ByteBuffer.wrap(received.readNBytes(header.getShort(3))));
    }

    private static Optional<String> serverNameIn(ByteBuffer hello) {
        hello.position(4 + 2 + 32); // Message header, version, random.
        skip(hello, hello.get()); // Session id.
        skip(hello, hello.getShort()); // Cipher suites.
        skip(hello, hello.get()); // Compression methods.
        hello.getShort();
        while (hello.hasRemaining()) {
            short type = hello.getShort();
            short length = hello.getShort();
            if (type == 0) {
                byte[] name = new byte[length - 5];
                skip(hello, 5); // Length of the list, type and length of the name.
                hello.get(name);
                return Optional.of(new String(name, StandardCharsets.US_ASCII));
            }
            skip(hello, length);
        }
        return Optional.empty();
    }

    private static void skip(ByteBuffer buffer, int bytes) {
        buffer.position(buffer.position() + bytes);
    }
}

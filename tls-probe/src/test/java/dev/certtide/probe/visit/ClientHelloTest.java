package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.Listener;
import dev.certtide.farm.StarttlsScript;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server gets to see, read from the bytes (RFC 8446, 4.1.2; RFC 6066, 3). */
@ParameterizedClass
@MethodSource("dev.certtide.probe.Engines#all")
class ClientHelloTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @Parameter
    private TlsEngine engine;

    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;

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
        ByteBuffer hello = helloTo(Protocol.HTTPS, host, Optional.empty(), this::keepHello);

        assertEquals(serverName, serverNameIn(hello).orElse("none"));
    }

    @Test
    void theServerNameCanBeAnother() throws Exception {
        ByteBuffer hello =
                helloTo(Protocol.HTTPS, "good.certtide.test", Optional.of("other.certtide.test"), this::keepHello);

        assertEquals(Optional.of("other.certtide.test"), serverNameIn(hello));
    }

    @Test
    void onlyTheWebIsOfferedApplicationProtocols() throws Exception {
        ByteBuffer web = helloTo(Protocol.HTTPS, "good.certtide.test", Optional.empty(), this::keepHello);
        ByteBuffer mail = helloTo(Protocol.SMTP, "good.certtide.test", Optional.empty(), connection -> {
            StarttlsScript.SMTP.in(StarttlsScript.Manner.WILLING).hold(connection);
            keepHello(connection);
        });

        byte[] names = extension(web, ALPN).orElseThrow();
        assertEquals("\0\f\2h2\bhttp/1.1", new String(names, StandardCharsets.US_ASCII));
        assertEquals(Optional.empty(), extension(mail, ALPN));
    }

    private ByteBuffer helloTo(
            Protocol protocol, String host, Optional<String> serverName, Listener.Conversation conversation)
            throws Exception {
        try (Listener server = Listener.start(conversation)) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port());
            AddressGuard guard =
                    AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL);
            new Probe(Resolver.system(), guard, DEADLINE, Optional.of(address), serverName, engine, Turnstile.OPEN)
                    .visit(new Target(protocol, host, server.port()), new Countdown(DEADLINE));
            ByteBuffer first = hellos.poll(5, TimeUnit.SECONDS);
            hellos.clear(); // A server that says nothing gets a second hello.
            return first;
        }
    }

    private void keepHello(Socket connection) throws IOException {
        InputStream received = connection.getInputStream();
        ByteBuffer header = ByteBuffer.wrap(received.readNBytes(5));
        hellos.offer(ByteBuffer.wrap(received.readNBytes(header.getShort(3))));
    }

    private static Optional<String> serverNameIn(ByteBuffer hello) {
        // Before the name: the length of the list, the type and the length of the name.
        return extension(hello, SERVER_NAME)
                .map(names -> new String(names, 5, names.length - 5, StandardCharsets.US_ASCII));
    }

    private static Optional<byte[]> extension(ByteBuffer message, int wanted) {
        ByteBuffer hello = message.duplicate();
        hello.position(4 + 2 + 32); // Message header, version, random.
        skip(hello, hello.get()); // Session id.
        skip(hello, hello.getShort()); // Cipher suites.
        skip(hello, hello.get()); // Compression methods.
        hello.getShort();
        while (hello.hasRemaining()) {
            short type = hello.getShort();
            byte[] content = new byte[hello.getShort()];
            hello.get(content);
            if (type == wanted) {
                return Optional.of(content);
            }
        }
        return Optional.empty();
    }

    private static void skip(ByteBuffer buffer, int bytes) {
        buffer.position(buffer.position() + bytes);
    }
}

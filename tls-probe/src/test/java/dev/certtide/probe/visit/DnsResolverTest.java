package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.probe.facts.HostFacts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Against a name server on loopback that answers by the first label of a name. */
class DnsResolverTest {
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger questionsToSlow = new AtomicInteger();
    private DatagramSocket server;
    private Resolver resolver;

    @BeforeEach
    void startServer() throws IOException {
        server = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        resolver = DnsResolver.of(List.of((InetSocketAddress) server.getLocalSocketAddress()));
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            both.test         | 192.0.2.1 192.0.2.2 2001:db8:0:0:0:0:0:1
            alias.test        | 192.0.2.1 192.0.2.2 2001:db8:0:0:0:0:0:1
            under_score.test  | 192.0.2.1 192.0.2.2
            aaaa-failing.test | 192.0.2.1 192.0.2.2
            aaaa-silent.test  | 192.0.2.1 192.0.2.2
            """)
    void everyAddressOfBothFamiliesIsFound(String name, String addresses) throws Exception {
        assertEquals(
                Arrays.stream(addresses.split(" ")).map(InetAddress::ofLiteral).toList(), resolver.resolve(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing.test       | there is no such name (NXDOMAIN)
            empty.test         | the name has no address
            failing.test       | the name servers failed (SERVFAIL)
            a-empty-aaaa-failing.test | the name servers failed (SERVFAIL)
            a-failing-aaaa-empty.test | the name servers failed (SERVFAIL)
            a-empty-aaaa-silent.test  | no name server gave an answer
            a..b.test          | the name cannot be asked for
            """)
    void aFailureSaysWhichItWas(String name, String words) {
        var failure = assertThrows(UnknownHostException.class, () -> resolver.resolve(name));

        assertTrue(failure.getMessage().startsWith(words), failure.getMessage());
    }

    /** The fourth question of a second each, of two servers; the other family has long said that it has nothing. */
    @Test
    void aSlowAnswerIsWaitedForIfTheOtherFamilyHasNothing() throws Exception {
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();

        assertEquals(
                List.of(InetAddress.ofLiteral("2001:db8::1")),
                DnsResolver.of(List.of(address, address)).resolve("a-empty-aaaa-slow.test"));
    }

    @ParameterizedTest
    @CsvSource({"a-silent.test, 2001:db8::1", "aaaa-silent.test, 192.0.2.1"})
    void aSilentFamilyLeavesTimeForAVisit(String name, String first) throws Exception {
        long began = System.nanoTime();

        List<InetAddress> addresses = resolver.resolve(name, Duration.ofMillis(2_400));

        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertEquals(InetAddress.ofLiteral(first), addresses.getFirst());
        assertTrue(took.compareTo(Duration.ofMillis(1_200)) < 0, () -> "took " + took);
    }

    /** The guard refuses these addresses, so nothing is connected to. */
    @ParameterizedTest
    @ValueSource(strings = {"a-silent.test", "aaaa-silent.test"})
    void aSilentFamilyDoesNotUseUpAShortDeadline(String name) {
        Duration deadline = Duration.ofSeconds(2);

        HostFacts facts = new Probe(
                        resolver,
                        AddressGuard.strict(),
                        deadline,
                        Optional.empty(),
                        Optional.empty(),
                        TlsEngine.jsse(),
                        Turnstile.OPEN)
                .visit(Target.parse("https://" + name), new Countdown(deadline));

        assertInstanceOf(HostFacts.Blocked.class, facts);
    }

    @Test
    void manyNamesAreAskedForAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<InetAddress>>> tasks = IntStream.range(0, 100)
                    .<Callable<List<InetAddress>>>mapToObj(i -> () -> resolver.resolve("both." + i + ".test"))
                    .toList();

            for (var answer : threads.invokeAll(tasks)) {
                assertEquals(3, answer.get().size());
            }
        }
    }

    @Test
    void aSilentServerIsGivenUp() {
        long began = System.nanoTime();

        assertThrows(UnknownHostException.class, () -> resolver.resolve("silent.test"));

        assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(8)) < 0);
    }

    @Test
    void anAliasOfAnotherClassIsNotAskedForWithoutEnd() {
        var failure = assertThrows(UnknownHostException.class, () -> resolver.resolve("other-class.test"));

        assertTrue(failure.getMessage().contains("the answers lead in circles"), failure.getMessage());
        assertTrue(questions.get() <= 40, questions + " questions");
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
                server.receive(packet);
                Message question = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                questions.incrementAndGet();
                Message answer = answer(question);
                if (answer != null) {
                    byte[] wire = answer.toWire();
                    server.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                Thread.onSpinWait(); // Closed: the loop's condition says so.
            }
        }
    }

    private Message answer(Message message) throws IOException {
        var question = message.getQuestion();
        Name name = question.getName();
        String label = name.getLabelString(0);
        boolean v6 = question.getType() == Type.AAAA;
        if (is(label, v6, "silent") || is(label, v6, "slow") && questionsToSlow.incrementAndGet() < 4) {
            return null;
        }
        Message answer = new Message(message.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        if (is(label, v6, "failing")) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (label.equals("missing")) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        } else if (label.equals("other-class")) {
            answer.addRecord(new CNAMERecord(name, DClass.CHAOS, 60, Name.fromString("both.test.")), Section.ANSWER);
        } else if (label.equals("alias")) {
            Name both = Name.fromString("both.test.");
            answer.addRecord(new CNAMERecord(name, DClass.IN, 60, both), Section.ANSWER);
            addAddresses(answer, both, v6, true);
        } else if (is(label, v6, "empty")) {
            // By that a client knows that nothing was left out (RFC 2308, 2.2).
            Name zone = Name.fromString("test.");
            answer.addRecord(
                    new SOARecord(zone, DClass.IN, 60, zone, zone, 1, 3_600, 600, 86_400, 60), Section.AUTHORITY);
        } else {
            addAddresses(answer, name, v6, label.equals("both") || label.startsWith("a-"));
        }
        return answer;
    }

    /** Of both families, as {@code silent}, or of one, as {@code a-empty-aaaa-silent}. */
    private static boolean is(String label, boolean v6, String manner) {
        return label.equals(manner) || ("-" + label + "-").contains((v6 ? "-aaaa-" : "-a-") + manner + "-");
    }

    private static void addAddresses(Message answer, Name name, boolean v6, boolean both) {
        if (!v6) {
            answer.addRecord(new ARecord(name, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1")), Section.ANSWER);
            answer.addRecord(new ARecord(name, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.2")), Section.ANSWER);
        } else if (both) {
            answer.addRecord(new AAAARecord(name, DClass.IN, 60, InetAddress.ofLiteral("2001:db8::1")), Section.ANSWER);
        }
    }
}

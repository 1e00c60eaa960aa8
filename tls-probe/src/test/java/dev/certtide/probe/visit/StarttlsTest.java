package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Listener;
import dev.certtide.farm.Preface;
import dev.certtide.farm.RudeGreeting;
import dev.certtide.farm.StarttlsScript;
import dev.certtide.farm.StarttlsScript.Manner;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way from plain text to TLS, against servers that speak by the book and servers that do not. */
@ParameterizedClass
@MethodSource("dev.certtide.probe.Engines#all")
class StarttlsTest {
    @Parameter
    private TlsEngine engine;

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Identity IDENTITY = CertificateAuthority.create("Farm", NOW)
            .issue(LeafRequest.forName(
                    "starttls.certtide.test", Validity.withLeft(NOW, Duration.ofDays(90), Duration.ofDays(60))));

    private static Stream<Arguments> everyRudenessInEveryProtocol() {
        return Arrays.stream(StarttlsScript.values()).flatMap(script -> Arrays.stream(RudeGreeting.values())
                .map(rudeness -> Arguments.of(script, rudeness)));
    }

    @Test
    void everyProtocolButHttpsHasAScript() {
        assertEquals(
                Arrays.stream(Protocol.values())
                        .filter(protocol -> protocol != Protocol.HTTPS)
                        .map(Enum::name)
                        .sorted()
                        .toList(),
                Arrays.stream(StarttlsScript.values()).map(Enum::name).sorted().toList());
    }

    @ParameterizedTest
    @EnumSource(StarttlsScript.class)
    void theCertificateIsSeenAfterTheUpgrade(StarttlsScript script) {
        try (TlsServer server = TlsServer.start(IDENTITY, script.in(Manner.WILLING))) {
            AddressFacts facts = visit(script, server.port(), DEADLINE);

            assertInstanceOf(Ending.Completed.class, facts.ending());
            assertEquals(IDENTITY.chain(), facts.chain());
            assertEquals(Optional.empty(), facts.handshake().applicationProtocol());
            assertEquals(1, server.accepted());
        }
    }

    @Test
    void anFtpServerMayAskForPatienceBeforeItGreets() {
        Preface patience = connection -> {
            connection
                    .getOutputStream()
                    .write("120-Busy.\r\n120 Service ready in 1 minutes\r\n120 Still busy\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return StarttlsScript.FTP.in(Manner.WILLING).hold(connection);
        };
        try (TlsServer server = TlsServer.start(IDENTITY, patience)) {
            AddressFacts facts = visit(StarttlsScript.FTP, server.port(), DEADLINE);

            assertInstanceOf(Ending.Completed.class, facts.ending());
            assertEquals(IDENTITY.chain(), facts.chain());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SMTP     | the server's answer to EHLO offers no STARTTLS
            IMAP     | the server answered STARTTLS with 'c1 BAD Unknown command'
            POP3     | the server answered STLS with '-ERR Unknown command: STLS'
            FTP      | the server answered AUTH TLS with '500 AUTH not understood'
            LDAP     | the server answered StartTLS with result code 2 'unsupported ext. op'
            POSTGRES | the server answered SSLRequest with 'N': it has no TLS
            MYSQL    | the server's handshake packet offers no TLS
            XMPP     | the server's stream features offer no starttls
            """)
    void aServerWithoutTlsIsTold(StarttlsScript script, String reason) {
        try (TlsServer server = TlsServer.start(IDENTITY, script.in(Manner.UNWILLING))) {
            AddressFacts facts = visit(script, server.port(), DEADLINE);

            assertEquals(new Ending.NotUpgraded(reason), facts.ending());
            assertEquals(1, server.accepted(), "no hello of old would change that");
        }
    }

    /** CVE-2011-0411 and its kin. The words may come a moment after the go-ahead; then TLS refuses them. */
    @ParameterizedTest
    @EnumSource(StarttlsScript.class)
    void plainTextAfterTheGoAheadIsNeverTakenForAnAnswer(StarttlsScript script) {
        try (TlsServer server = TlsServer.start(IDENTITY, script.in(Manner.INJECTING))) {
            AddressFacts facts = visit(script, server.port(), DEADLINE);

            assertFalse(facts.ending() instanceof Ending.Completed, () -> "taken: " + facts);
            assertEquals(List.of(), facts.chain());
        }
    }

    @ParameterizedTest
    @MethodSource("everyRudenessInEveryProtocol")
    void noServerCostsMoreThanTheDeadline(StarttlsScript script, RudeGreeting rudeness) {
        try (Listener server = Listener.start(rudeness)) {
            long began = System.nanoTime();

            AddressFacts facts = visit(script, server.port(), SHORT);

            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(SHORT.plusSeconds(2)) < 0, () -> "took " + took);
            switch (facts.ending()) {
                case Ending.NotUpgraded(String reason) -> {
                    assertTrue(reason.length() < 200, reason);
                    assertTrue(reason.chars().noneMatch(Character::isISOControl), reason);
                }
                case Ending.TimedOut(Ending.Step step, Duration after) -> assertEquals(Ending.Step.STARTTLS, step);
                case Ending.HandshakeFailed failed -> assertEquals(StarttlsScript.MYSQL, script, failed::error);
                default -> throw new AssertionError(facts.ending());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SMTP     | ENDLESS_BANNER         | the server said more than 32 KB without coming to TLS
            FTP      | ENDLESS_LINE           | the server said more than 32 KB without coming to TLS
            IMAP     | ENDLESS_UNTAGGED_LINES | the server said more than 32 KB without coming to TLS
            XMPP     | ENDLESS_TAGS           | the server said more than 32 KB without coming to TLS
            LDAP     | ENDLESS_ZEROS          | the server does not speak LDAP: its first byte is 0
            SMTP     | OTHER_PROTOCOL         | the server does not speak SMTP: it said 'SSH-2.0-?[2J?OpenSSH_9.9'
            MYSQL    | OTHER_PROTOCOL         | the server does not speak MySQL: it said 'SSH-'
            POSTGRES | OTHER_PROTOCOL         | the server does not speak PostgreSQL: it said 'S'
            POP3     | HANG_UP                | the server closed the connection
            """)
    void whatAServerSaysInsteadIsTold(StarttlsScript script, RudeGreeting rudeness, String reason) {
        try (Listener server = Listener.start(rudeness)) {
            String told = assertInstanceOf(
                            Ending.NotUpgraded.class,
                            visit(script, server.port(), DEADLINE).ending())
                    .reason();

            if (script == StarttlsScript.POSTGRES) {
                assertTrue(told.startsWith("the server said more in plain text"), told);
            } else {
                assertEquals(reason, told);
            }
        }
    }

    private AddressFacts visit(StarttlsScript script, int port, Duration deadline) {
        Protocol protocol = Protocol.valueOf(script.name());
        return LocalVisits.visit(new Target(protocol, "starttls.certtide.test", port), deadline, engine);
    }
}

package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.JANE;
import static dev.certtide.notifier.Samples.NOW;
import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.Notification;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Engines.class)
class MailSenderTest {
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Table config;
    private MailSender sender;

    @BeforeEach
    void mailServer(LocalDynamoDb dynamoDb) {
        mail.start();
        config = dynamoDb.table();
        sender = new MailSender(new Secrets(config), new SmtpMail(() -> NOW), new SesMail(() -> {
            throw new AssertionError("SES is not configured");
        }));
        config.put(server(mail.getSmtp().getPort(), "none"));
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @Test
    void aMailSaysWhatIsWrongAndWhoItIsFrom() throws Exception {
        var notification = notification(JANE);
        sender.send(Samples.notice(notification), JANE);
        var received = onlyMail();
        var text = Samples.notice(notification).text();
        assertEquals(text.subject(), received.getSubject());
        assertEquals(text.body(), body(received));
        assertEquals(Html.of(Samples.notice(notification)), part(received, 1));
        assertTrue(received.getContentType().startsWith("multipart/alternative"), received.getContentType());
        assertNull(received.getHeader("List-Unsubscribe"), "there is no page to unsubscribe on");
        assertEquals("jane@example.com", received.getAllRecipients()[0].toString());
        assertEquals("Certtide <alerts@certtide.example>", received.getFrom()[0].toString());
        assertEquals(NOW, received.getSentDate().toInstant());
        assertArrayEquals(new String[] {"auto-generated"}, received.getHeader("Auto-Submitted"));
        assertArrayEquals(new String[] {"inc_1"}, received.getHeader("X-Certtide-Incident"));
    }

    @Test
    void whereTheOperatorHasAPageForItOneClickUnsubscribes() throws Exception {
        config.put(Item.of("SECRET##deployment", "LINKS")
                .with("unsubscribe", "https://app.example/off?owner={owner}&mail={address}"));
        sender.send(Samples.notice(notification(JANE)), JANE);
        var received = onlyMail();
        assertArrayEquals(
                new String[] {"<https://app.example/off?owner=jane&mail=jane%40example.com>"},
                received.getHeader("List-Unsubscribe"));
        assertArrayEquals(new String[] {"List-Unsubscribe=One-Click"}, received.getHeader("List-Unsubscribe-Post"));
    }

    @Test
    void theIdentityIsThatOfTheNotification() throws Exception {
        sender.send(Samples.notice(notification(JANE, "key-1")), JANE);
        sender.send(Samples.notice(notification(JANE, "key-1")), JANE);
        sender.send(Samples.notice(notification(JANE, "key-2")), JANE);
        var received = mail.getReceivedMessages();
        assertEquals(received[0].getMessageID(), received[1].getMessageID());
        assertNotEquals(received[0].getMessageID(), received[2].getMessageID());
        assertTrue(received[0].getMessageID().matches("<[0-9a-f]{20}@certtide>"), received[0].getMessageID());
    }

    @Test
    void nothingOfANotificationBecomesAHeader() throws Exception {
        var plain = notification(JANE);
        var hostile = new Notification(
                plain.key() + "\r\nBcc: all@example.com",
                plain.kind(),
                plain.owner(),
                JANE,
                plain.target(),
                plain.status(),
                "inc_1\r\nBcc: all@example.com\r\n\r\nbody",
                plain.since(),
                plain.at(),
                plain.findings(),
                plain.leaf());
        sender.send(Samples.notice(hostile), JANE);
        var received = onlyMail();
        assertNull(received.getHeader("Bcc"));
        assertEquals(1, received.getAllRecipients().length);
        assertFalse(body(received).contains("\nBcc"), body(received));
    }

    @Test
    void aServerThatAsksForALoginGetsIt() throws Exception {
        mail.setUser("certtide", "s3cret");
        config.put(server(mail.getSmtp().getPort(), "none")
                .with("user", "certtide")
                .with("password", "s3cret"));
        sender.send(Samples.notice(notification(JANE)), JANE);
        assertEquals(1, mail.getReceivedMessages().length);
    }

    @Test
    void aWrongPasswordIsAFailureThatDoesNotTellIt() {
        mail.setUser("certtide", "other");
        mail.getUserManager().setAuthRequired(true);
        config.put(server(mail.getSmtp().getPort(), "none")
                .with("user", "certtide")
                .with("password", "s3cret"));
        var outcome = assertInstanceOf(Outcome.Temporary.class, sender.send(Samples.notice(notification(JANE)), JANE));
        assertFalse(outcome.toString().contains("s3cret"), outcome.toString());
        assertEquals(0, mail.getReceivedMessages().length);
    }

    @Test
    void withoutTheProtectionThatIsAskedForNothingIsSent() throws Exception {
        try (var plain = new SmtpScript(Map.of("EHLO", "250-hello\r\n250 AUTH PLAIN LOGIN"))) {
            for (var security : new String[] {"starttls", "tls"}) {
                config.put(
                        server(plain.port(), security).with("user", "certtide").with("password", "s3cret"));
                assertInstanceOf(Outcome.Temporary.class, sender.send(Samples.notice(notification(JANE)), JANE));
            }
            assertFalse(
                    plain.heard().stream().anyMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL")),
                    plain.heard().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 no such user", "RCPT, 553 no such mailbox", "., 554 looks like spam", "DATA, 552 too large"})
    void aRefusalForGoodIsFinal(String command, String answer) throws Exception {
        try (var server = new SmtpScript(Map.of(command, answer))) {
            config.put(server(server.port(), "none"));
            assertEquals(
                    new Outcome.Permanent(
                            "channel.address", "the mail server refuses the mail for good: " + answer.substring(0, 3)),
                    sender.send(Samples.notice(notification(JANE)), JANE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 450 busy",
        "RCPT, 421 closing",
        "., 451 try later",
        "., 452 no space",
        "DATA, 451 try later",
        "MAIL, 421 closing",
        "GREETING, 421 busy",
        "GREETING, 554 not you",
        "MAIL, 530 authentication required"
    })
    void aRefusalForNowIsTriedAnotherTime(String command, String answer) throws Exception {
        try (var server = new SmtpScript(Map.of(command, answer))) {
            config.put(server(server.port(), "none"));
            assertInstanceOf(Outcome.Temporary.class, sender.send(Samples.notice(notification(JANE)), JANE));
        }
    }

    @Test
    void aServerThatIsAwayIsTriedAnotherTime() {
        mail.stop();
        assertInstanceOf(Outcome.Temporary.class, sender.send(Samples.notice(notification(JANE)), JANE));
    }

    @Test
    void withoutAServerNothingIsSent() {
        config.delete("SECRET##deployment", "SMTP");
        var refusal =
                assertThrows(InvalidInputException.class, () -> sender.send(Samples.notice(notification(JANE)), JANE));
        assertEquals(
                "mail can't be sent; store a server with certtide configure smtp, or have SES send it with certtide configure ses",
                refusal.problem());
    }

    @Test
    void nothingThatIsPrintedHoldsASecret() {
        config.put(server(1, "none").with("user", "certtide").with("password", "s3cret"));
        config.put(Item.of("SECRET##deployment", "WEBHOOK").with("secret", "whsec_s3cret"));
        var secrets = new Secrets(config);
        assertTrue(secrets.mail() instanceof MailRoute.Smtp server
                && server.login().isPresent());
        assertFalse(secrets.toString().contains("s3cret"));
        assertFalse(secrets.mail().toString().contains("s3cret"), secrets.mail().toString());
        assertFalse(sender.toString().contains("s3cret"));
    }

    private MimeMessage onlyMail() {
        assertEquals(1, mail.getReceivedMessages().length);
        return mail.getReceivedMessages()[0];
    }

    private static String body(MimeMessage mail) throws Exception {
        return part(mail, 0);
    }

    private static String part(MimeMessage mail, int index) throws Exception {
        var alternatives = (jakarta.mail.Multipart) mail.getContent();
        assertEquals(2, alternatives.getCount());
        return alternatives.getBodyPart(index).getContent().toString().replace("\r\n", "\n");
    }

    private static Item server(int port, String security) {
        return Item.of("SECRET##deployment", "SMTP")
                .with("host", "127.0.0.1")
                .with("port", port)
                .with("security", security)
                .with("from", "Certtide <alerts@certtide.example>");
    }
}

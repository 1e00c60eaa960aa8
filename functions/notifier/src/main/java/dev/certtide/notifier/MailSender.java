package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.Notification;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Sends mail by SMTP submission (RFC 6409). */
final class MailSender {
    private static final String TIMEOUT_MILLIS = "15000";
    /** RFC 4954, 6: the deployment's configuration is wrong and will be mended, not this mail. */
    private static final int AUTHENTICATION_REQUIRED = 530;

    private final Secrets secrets;
    private final InstantSource clock;

    MailSender(Secrets secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    void send(Notification notification, Channel.Email email) throws IOException {
        var server = secrets.mailServer();
        try {
            Transport.send(message(notification, email, server));
        } catch (MessagingException failed) {
            throw translate(failed);
        }
    }

    private MimeMessage message(Notification notification, Channel.Email email, MailServer server)
            throws MessagingException {
        var text = MessageText.of(notification);
        // The identity of the notification: a mail that is sent again after a crash has the same one.
        var id = "<" + Fingerprint.shortOf(notification.key()) + "@certtide>";
        var message = new MimeMessage(session(server)) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(new InternetAddress(server.from()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(email.address()));
        message.setSubject(text.subject(), StandardCharsets.UTF_8.name());
        message.setText(text.body(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no holiday notices in answer, please
        // The library writes what it is given: a line break here would begin a header of somebody else's choice.
        message.setHeader("X-Certtide-Incident", notification.incident().replaceAll("[^\\x21-\\x7e]", "?"));
        return message;
    }

    private static Session session(MailServer server) {
        var smtp = server.security() == MailServer.Security.TLS ? "mail.smtps." : "mail.smtp.";
        var properties = new Properties();
        properties.setProperty("mail.transport.protocol", smtp.equals("mail.smtps.") ? "smtps" : "smtp");
        properties.setProperty("mail.transport.protocol.rfc822", properties.getProperty("mail.transport.protocol"));
        properties.setProperty(smtp + "host", server.host());
        properties.setProperty(smtp + "port", Integer.toString(server.port()));
        properties.setProperty(smtp + "connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty(smtp + "timeout", TIMEOUT_MILLIS);
        properties.setProperty(smtp + "writetimeout", TIMEOUT_MILLIS);
        properties.setProperty(smtp + "ssl.checkserveridentity", "true");
        if (server.security() == MailServer.Security.STARTTLS) {
            properties.setProperty(smtp + "starttls.enable", "true");
            properties.setProperty(smtp + "starttls.required", "true");
        }
        properties.setProperty(smtp + "auth", Boolean.toString(server.login().isPresent()));
        var authenticator = server.login().map(MailSender::authenticator).orElse(null);
        return Session.getInstance(properties, authenticator);
    }

    private static Authenticator authenticator(MailServer.Login login) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(login.user(), login.password());
            }
        };
    }

    /** A 5xx answer to this mail is final (RFC 5321, 4.2.1); whatever else went wrong may go right another time. */
    private static IOException translate(MessagingException failed) {
        for (Exception cause = failed; cause instanceof MessagingException part; cause = part.getNextException()) {
            var answer =
                    switch (part) {
                        case SMTPAddressFailedException address -> address.getReturnCode();
                        case SMTPSendFailedException send -> send.getReturnCode();
                        default -> 0;
                    };
            if (answer / 100 == 5 && answer != AUTHENTICATION_REQUIRED) {
                throw new InvalidInputException(
                        "channel.address", "the mail server refuses the mail for good: " + answer);
            }
        }
        return new IOException("The mail could not be sent", failed);
    }
}

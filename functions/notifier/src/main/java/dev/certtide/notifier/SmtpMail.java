package dev.certtide.notifier;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Sends mail by SMTP submission (RFC 6409). */
final class SmtpMail {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final String TIMEOUT_MILLIS = "15000";
    /** RFC 4954, 6: the deployment's configuration is wrong and will be mended, not this mail. */
    private static final int AUTHENTICATION_REQUIRED = 530;

    private final InstantSource clock;

    SmtpMail(InstantSource clock) {
        this.clock = clock;
    }

    Outcome send(Mail mail, MailRoute.Smtp server) {
        try {
            Transport.send(message(mail, server));
            return Outcome.delivered();
        } catch (MessagingException failed) {
            return judge(failed);
        }
    }

    private MimeMessage message(Mail mail, MailRoute.Smtp server) throws MessagingException {
        var message = new MimeMessage(session(server)) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", mail.messageId());
            }
        };
        message.setFrom(new InternetAddress(mail.from()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to()));
        message.setSubject(mail.notice().text().subject(), UTF_8);
        // RFC 2046, 5.1.4: the last alternative is the best one.
        message.setContent(new MimeMultipart(
                "alternative", part(mail.notice().text().body(), "plain"), part(mail.html(), "html")));
        message.setSentDate(Date.from(clock.instant()));
        for (var header : mail.headers().entrySet()) {
            message.setHeader(header.getKey(), header.getValue());
        }
        return message;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    private static Session session(MailRoute.Smtp server) {
        var smtp = server.security() == MailRoute.Security.TLS ? "mail.smtps." : "mail.smtp.";
        var properties = new Properties();
        properties.setProperty("mail.transport.protocol", smtp.equals("mail.smtps.") ? "smtps" : "smtp");
        properties.setProperty("mail.transport.protocol.rfc822", properties.getProperty("mail.transport.protocol"));
        properties.setProperty(smtp + "host", server.host());
        properties.setProperty(smtp + "port", Integer.toString(server.port()));
        properties.setProperty(smtp + "connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty(smtp + "timeout", TIMEOUT_MILLIS);
        properties.setProperty(smtp + "writetimeout", TIMEOUT_MILLIS);
        properties.setProperty(smtp + "ssl.checkserveridentity", "true");
        if (server.security() == MailRoute.Security.STARTTLS) {
            properties.setProperty(smtp + "starttls.enable", "true");
            properties.setProperty(smtp + "starttls.required", "true");
        }
        properties.setProperty(smtp + "auth", Boolean.toString(server.login().isPresent()));
        var authenticator = server.login().map(SmtpMail::authenticator).orElse(null);
        return Session.getInstance(properties, authenticator);
    }

    private static Authenticator authenticator(MailRoute.Login login) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(login.user(), login.password());
            }
        };
    }

    /** A 5xx answer to this mail is final (RFC 5321, 4.2.1); whatever else went wrong may go right another time. */
    private static Outcome judge(MessagingException failed) {
        for (Exception cause = failed; cause instanceof MessagingException part; cause = part.getNextException()) {
            var answer =
                    switch (part) {
                        case SMTPAddressFailedException address -> address.getReturnCode();
                        case SMTPSendFailedException send -> send.getReturnCode();
                        default -> 0;
                    };
            if (answer / 100 == 5 && answer != AUTHENTICATION_REQUIRED) {
                return new Outcome.Permanent("channel.address", "the mail server refuses the mail for good: " + answer);
            }
            if (answer / 100 == 4) {
                return new Outcome.Temporary("the mail server answered " + answer);
            }
        }
        return new Outcome.Temporary("the mail could not be handed to the mail server");
    }
}

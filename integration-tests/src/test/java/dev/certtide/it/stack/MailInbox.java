package dev.certtide.it.stack;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;

/** An SMTP server that takes mail for everybody. */
public final class MailInbox implements AutoCloseable {
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private MailInbox() {
        server.start();
    }

    public static MailInbox open() {
        return new MailInbox();
    }

    public int port() {
        return server.getSmtp().getPort();
    }

    /** The subjects of what came for an address, in the order of arrival. */
    public List<String> subjects(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(mail -> recipient(mail).equals(address))
                .map(MailInbox::subject)
                .toList();
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getRecipients(Message.RecipientType.TO)[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail without a readable recipient", e);
        }
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail without a readable subject", e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}

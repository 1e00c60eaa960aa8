package dev.certtide.cli.demo;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.HashSet;
import java.util.function.Consumer;

/** A mail server on loopback that takes every mail and shows it. */
final class Mailbox implements AutoCloseable {
    private final GreenMail server;
    private final Thread reader;

    private Mailbox(Consumer<String> arrived) {
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        server = new GreenMail(setup);
        server.start();
        reader = Thread.ofVirtual().start(() -> read(arrived));
    }

    static Mailbox open(Consumer<String> arrived) {
        return new Mailbox(arrived);
    }

    int port() {
        return server.getSmtp().getPort();
    }

    private void read(Consumer<String> arrived) {
        var shown = new HashSet<StoredMessage>();
        // One second at most, and at once when a mail arrives.
        while (!Thread.currentThread().isInterrupted()) {
            server.waitForIncomingEmail(1000, shown.size() + 1);
            // They come person by person, and not in the order of their arrival.
            server.getManagers().getImapHostManager().getAllMessages().stream()
                    .filter(shown::add)
                    .forEach(mail -> arrived.accept(line(mail.getMimeMessage())));
        }
    }

    private static String line(MimeMessage mail) {
        try {
            return "to " + mail.getAllRecipients()[0] + ": " + mail.getSubject();
        } catch (MessagingException unreadable) {
            return "that can't be read: " + unreadable.getMessage();
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        server.stop();
    }
}

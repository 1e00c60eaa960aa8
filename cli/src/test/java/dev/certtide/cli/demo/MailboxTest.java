package dev.certtide.cli.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MailboxTest {
    @Test
    void everyMailIsShownOnceAndWhenItComesWhoeverGotTheOneBefore() {
        var shown = new CopyOnWriteArrayList<String>();
        try (var mailbox = Mailbox.open(shown::add)) {
            var expected = Stream.of("b@example.com one", "a@example.com two", "b@example.com three")
                    .map(mail -> mail.split(" "))
                    .toList();
            for (int i = 0; i < expected.size(); i++) {
                int count = i + 1;
                send(mailbox, expected.get(i)[0], expected.get(i)[1]);
                await().until(() -> shown.size() == count);
            }
            assertEquals(
                    List.of("to b@example.com: one", "to a@example.com: two", "to b@example.com: three"),
                    List.copyOf(shown));
        }
    }

    private static void send(Mailbox mailbox, String to, String subject) {
        GreenMailUtil.sendTextEmail(
                to,
                "certtide@example.com",
                subject,
                "text",
                new ServerSetup(mailbox.port(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }
}

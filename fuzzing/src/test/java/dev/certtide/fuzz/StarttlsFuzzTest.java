package dev.certtide.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.probe.visit.starttls.NotUpgradedException;
import dev.certtide.probe.visit.starttls.PlainConnection;
import dev.certtide.probe.visit.starttls.Starttls;
import java.io.IOException;

/** A server that says whatever it likes before TLS, and then closes the connection. */
class StarttlsFuzzTest {
    private static final int MOST_SENT = 1_000;
    private static final int LONGEST_REASON = 300;

    @FuzzTest
    void smtp(byte[] said) throws IOException {
        hold(Protocol.SMTP, said);
    }

    @FuzzTest
    void imap(byte[] said) throws IOException {
        hold(Protocol.IMAP, said);
    }

    @FuzzTest
    void pop3(byte[] said) throws IOException {
        hold(Protocol.POP3, said);
    }

    @FuzzTest
    void ldap(byte[] said) throws IOException {
        hold(Protocol.LDAP, said);
    }

    @FuzzTest
    void postgres(byte[] said) throws IOException {
        hold(Protocol.POSTGRES, said);
    }

    @FuzzTest
    void mysql(byte[] said) throws IOException {
        hold(Protocol.MYSQL, said);
    }

    @FuzzTest
    void ftp(byte[] said) throws IOException {
        hold(Protocol.FTP, said);
    }

    @FuzzTest
    void xmpp(byte[] said) throws IOException {
        hold(Protocol.XMPP, said);
    }

    private static void hold(Protocol protocol, byte[] said) throws IOException {
        Target target = new Target(protocol, "www.certtide.test", protocol.defaultPort());
        Bound.holds(() -> {
            try (ScriptedSocket socket = new ScriptedSocket(said)) {
                try {
                    Starttls.of(protocol).ask(new PlainConnection(socket), target);
                    Bound.require(socket.left() == 0, "TLS begins, and plain text is still to be read");
                } catch (NotUpgradedException e) {
                    String reason = e.getMessage();
                    Bound.require(reason.length() <= LONGEST_REASON, "a reason of " + reason.length() + " characters");
                    Bound.require(
                            reason.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '…'),
                            "a reason that a terminal might obey");
                }
                Bound.require(socket.sent() <= MOST_SENT, "we were made to say " + socket.sent() + " bytes");
            }
        });
    }
}

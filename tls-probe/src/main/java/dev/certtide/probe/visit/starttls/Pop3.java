package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Target;
import java.io.IOException;

/** RFC 2595, 4: greeting, STLS, +OK. */
final class Pop3 implements Starttls {
    @Override
    public void ask(PlainConnection connection, Target target) throws IOException {
        String greeting = connection.readLine();
        if (!greeting.startsWith("+OK")) {
            throw new NotUpgradedException(
                    "the server does not speak POP3: it said " + PlainConnection.quote(greeting));
        }
        connection.sendLine("STLS");
        String answer = connection.readLine();
        if (!answer.startsWith("+OK")) {
            throw new NotUpgradedException("the server answered STLS with " + PlainConnection.quote(answer));
        }
        connection.requireSilence();
    }
}

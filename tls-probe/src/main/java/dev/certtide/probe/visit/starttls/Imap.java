package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Target;
import java.io.IOException;
import java.util.Locale;

/**
 * RFC 9051, 6.2.1: greeting, STARTTLS, and a tagged OK, before which other lines may come. Capabilities are not asked
 * for: the answer to the command itself is what counts.
 */
final class Imap implements Starttls {
    private static final String TAG = "c1 ";

    @Override
    public void ask(PlainConnection connection, Target target) throws IOException {
        String greeting = connection.readLine();
        if (!greeting.toUpperCase(Locale.ROOT).startsWith("* OK")) {
            // Also "* PREAUTH", after which there is no STARTTLS, and "* BYE".
            throw new NotUpgradedException("the server greeted with " + PlainConnection.quote(greeting));
        }
        connection.sendLine(TAG + "STARTTLS");
        String answer = connection.readLine();
        while (answer.startsWith("* ")) {
            answer = connection.readLine();
        }
        if (!answer.toUpperCase(Locale.ROOT).startsWith(TAG.toUpperCase(Locale.ROOT) + "OK")) {
            throw new NotUpgradedException("the server answered STARTTLS with " + PlainConnection.quote(answer));
        }
        connection.requireSilence();
    }
}

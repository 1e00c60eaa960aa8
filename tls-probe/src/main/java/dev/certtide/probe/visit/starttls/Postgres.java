package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Target;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * PostgreSQL's SSLRequest (PostgreSQL documentation, "Message Flow", "SSL Session Encryption"): eight bytes, and one byte
 * for an answer. No more than that byte is read; a byte beyond it is CVE-2021-23222.
 */
final class Postgres implements Starttls {
    /** 1234 in the upper half and 5679 in the lower, which is no version of the protocol. */
    private static final int SSL_REQUEST_CODE = 80_877_103;

    @Override
    public void ask(PlainConnection connection, Target target) throws IOException {
        connection.send(
                ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST_CODE).array());
        int answer = connection.readByte();
        switch (answer) {
            case 'S' -> connection.requireSilence();
            case 'N' -> throw new NotUpgradedException("the server answered SSLRequest with 'N': it has no TLS");
            case 'E' -> throw new NotUpgradedException("the server answered SSLRequest with an error message");
            default ->
                throw new NotUpgradedException("the server does not speak PostgreSQL: it said "
                        + PlainConnection.quote(Character.toString(answer)));
        }
    }
}

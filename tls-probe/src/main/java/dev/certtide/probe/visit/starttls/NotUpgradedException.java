package dev.certtide.probe.visit.starttls;

import java.io.IOException;

/** The server does not go over to TLS. The message says what was asked and what the server said, bounded and printable. */
public final class NotUpgradedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotUpgradedException(String reason) {
        super(reason);
    }
}

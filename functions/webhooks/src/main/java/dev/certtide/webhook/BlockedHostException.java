package dev.certtide.webhook;

import java.net.UnknownHostException;

/** An address may not be visited; the message says why, for whoever chose it. */
public final class BlockedHostException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    BlockedHostException(String reason) {
        super(reason);
    }
}

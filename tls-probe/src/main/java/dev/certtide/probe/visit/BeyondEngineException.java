package dev.certtide.probe.visit;

import javax.net.ssl.SSLHandshakeException;

/** What the server sent is more than the engine takes. Nothing is said about the server by that. */
final class BeyondEngineException extends SSLHandshakeException {
    private static final long serialVersionUID = 1L;

    BeyondEngineException(Exception cause) {
        super(Failures.words(cause));
        initCause(cause);
    }
}

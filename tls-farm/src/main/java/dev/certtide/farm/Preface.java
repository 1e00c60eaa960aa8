package dev.certtide.farm;

import java.io.IOException;
import java.net.Socket;

/** What a server says in plain text before TLS. */
@FunctionalInterface
public interface Preface {
    /** Nothing: TLS begins at once. */
    Preface NONE = connection -> true;

    /** Talks to the client; whether TLS follows. Reads nothing that is TLS already. */
    boolean hold(Socket connection) throws IOException, InterruptedException;
}

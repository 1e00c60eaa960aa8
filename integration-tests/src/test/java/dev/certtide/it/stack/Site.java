package dev.certtide.it.stack;

import dev.certtide.farm.TlsFarm;
import dev.certtide.farm.TlsServer;
import dev.certtide.model.Target;
import java.time.Duration;

/** A TLS server with a name, whose certificate can be renewed. */
public record Site(String name, TlsServer server, TlsFarm farm) {
    /** As it is published. */
    public String url() {
        return "https://" + name + ":" + server.port();
    }

    public Target target() {
        return Target.parse(url());
    }

    /** Shows a new certificate of 90 days from now on, with 60 of them left. */
    public void renew() {
        present(Duration.ofDays(60));
    }

    /** Shows a certificate that has this much left. */
    public void present(Duration left) {
        server.present(farm.issue(name, left));
    }
}

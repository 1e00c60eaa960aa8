package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.Issuer;
import dev.certtide.farm.Validity;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RootsOptionTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Target WIKI = Target.parse("wiki.example");

    @Test
    void expiredCertificatesAreToldAndPublishedAllTheSame() {
        var expired = Issuer.root("Old CA", Validity.withLeft(NOON, Duration.ofDays(365), Duration.ofDays(-3)));
        var good = Issuer.root("New CA", Validity.withLeft(NOON, Duration.ofDays(365), Duration.ofDays(3)));
        var trusted = new RootsOption.Trusted(Optional.of(PrivateRoots.parse(expired.pem() + good.pem())));

        assertEquals(
                List.of(
                        "certtide: CN=Old CA,O=Certtide farm expired on 2026-11-18T12:00:00Z; it is published all the same"),
                trusted.expired(NOON));
        assertEquals(
                2,
                PrivateRoots.parse(trusted.pem().orElseThrow()).certificates().size());
    }

    @Test
    void withoutTheOptionThePublicRootsDecide() {
        var none = new RootsOption.Trusted(Optional.empty());

        assertEquals(WIKI, none.of(WIKI));
        assertEquals(List.of(), none.expired(NOON));
        assertEquals(Optional.empty(), none.pem());
    }
}

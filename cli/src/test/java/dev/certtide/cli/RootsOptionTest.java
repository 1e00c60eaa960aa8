package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.farm.Issuer;
import dev.certtide.farm.Validity;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    void moreThanTenAreRefusedHoweverOftenEachIsRepeated() {
        var tenDays = Validity.withLeft(NOON, Duration.ofDays(10), Duration.ofDays(10));
        var all = IntStream.rangeClosed(1, 11)
                .mapToObj(i -> Issuer.root("CA " + i, tenDays).pem())
                .toList();
        var ten = String.join("", all.subList(0, 10));

        assertEquals(10, PrivateRoots.parse(ten + ten).certificates().size());
        var refused = assertThrows(InvalidInputException.class, () -> PrivateRoots.parse(String.join("", all)));
        assertEquals("holds 11 certificates; at most 10, and no public ones are needed", refused.problem());
    }

    @Test
    void withoutTheOptionThePublicRootsDecide() {
        var none = new RootsOption.Trusted(Optional.empty());

        assertEquals(WIKI, none.of(WIKI));
        assertEquals(List.of(), none.expired(NOON));
        assertEquals(Optional.empty(), none.pem());
    }
}

package dev.certtide.model.event;

import static dev.certtide.model.event.Elements.accepted;
import static dev.certtide.model.event.Elements.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateRootsInEventsTest {
    private static final String PEM = pem();
    private static final PrivateRoots ROOTS = PrivateRoots.parse(PEM);
    private static final Target TARGET = Target.parse("internal.example").trusting(ROOTS.name());

    @Test
    void anAdditionBringsTheRootsAndItsTargetNamesThem() {
        for (var text : List.of(data(PEM), event("added", PEM))) {
            var added = assertInstanceOf(UrlEvent.Added.class, accepted(text));

            assertEquals(TARGET, added.target());
            assertEquals(Optional.of(ROOTS), added.privateRoots());
            assertEquals(Optional.of(ROOTS), ((UrlEvent.Added) added.at(Instant.EPOCH)).privateRoots());
            assertEquals(Map.of(ROOTS.name(), ROOTS), UrlEvent.privateRoots(List.of(added, added)));
        }
    }

    @Test
    void anAdditionMayNameRootsThatWereSentBefore() {
        var added = assertInstanceOf(UrlEvent.Added.class, accepted(data(ROOTS.name())));

        assertEquals(TARGET, added.target());
        assertEquals(Optional.empty(), added.privateRoots());
    }

    @ParameterizedTest
    @ValueSource(strings = {"removed", "paused", "resumed", "check-requested"})
    void whateverElseIsAskedIsAboutTheWatchWithTheSameRoots(String type) {
        assertEquals(TARGET, accepted(event(type, PEM)).target());
        assertEquals(TARGET, accepted(event(type, ROOTS.name())).target());
        assertEquals(
                TARGET.byPublicRoots(),
                accepted(Elements.event("dev.certtide.url." + type + ".v1", "{\"url\": \"internal.example\"}"))
                        .target());
    }

    @ParameterizedTest
    @ValueSource(strings = {"added", "removed", "paused", "resumed", "check-requested"})
    void whatAreNoRootsIsRefusedWithItsField(String type) {
        assertEquals("data.privateRoots", rejected(event(type, "ca.pem")).field());
        assertEquals("data.privateRoots", rejected(event(type, "")).field());
        var key = rejected(event(type, PEM + "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----"));
        assertEquals("data.privateRoots", key.field());
        assertFalse(key.getMessage().contains("s3cret"), key.getMessage());
    }

    private static String event(String type, String privateRoots) {
        return Elements.event("dev.certtide.url." + type + ".v1", data(privateRoots));
    }

    private static String data(String privateRoots) {
        return Json.write(Map.of("url", "https://internal.example", "privateRoots", privateRoots));
    }

    private static String pem() {
        try (var file = PrivateRoots.class.getResourceAsStream("roots/ca.pem")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.certtide.model.event;

import static dev.certtide.model.event.Examples.NOW;
import static dev.certtide.model.event.Examples.OWNER;
import static dev.certtide.model.event.Examples.TARGET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import dev.certtide.model.Watch;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    private static final Channel MAIL = new Channel.Email("jane@example.com");
    private static final Channel HOOK = new Channel.Webhook("https://example.com/hook?a=b");

    static Stream<Object> records() {
        return Stream.of(
                Examples.certificate(),
                Examples.finding(),
                Examples.result(),
                new CheckResult(TARGET, NOW, new Verdict(Status.OK, List.of()), List.of()),
                Examples.notification(MAIL),
                Examples.notification(HOOK),
                new Watch(TARGET, OWNER, true, Optional.of("42"), List.of("prod", "ü"), List.of(MAIL, HOOK), NOW),
                new Watch(TARGET, OWNER, false, Optional.empty(), List.of(), List.of(), NOW),
                new WatchAdded(TARGET, OWNER),
                Examples.timer(),
                new RecheckDue(
                        "daily#1003",
                        List.of(
                                new RecheckDue.Due(TARGET, true),
                                new RecheckDue.Due(TARGET, false, Optional.of(Known.NOTHING), Optional.empty()),
                                new RecheckDue.Due(
                                        TARGET,
                                        false,
                                        Optional.of(Examples.known()),
                                        Optional.of(Outcome.of(Examples.result())),
                                        Optional.of(Examples.eager()))),
                        List.of(Examples.unchanged().last())),
                Examples.unchanged(),
                Examples.history(),
                LeafHistory.NONE,
                Examples.standing(),
                Examples.incident(),
                Examples.decision(),
                Examples.answered());
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordReadsBackAsItWasWritten(Object value) {
        var text = Json.write(value);
        var again = Json.read((Class<?>) value.getClass(), text);
        assertEquals(value, again);
        assertEquals(text, Json.write(again), "what stands in a table is compared as text");
    }

    @Test
    void aResultFromBeforeTheNewestFieldsIsStillRead() {
        var text = """
                {"target":"https://example.com:443","checkedAt":"2026-11-21T13:00:01.5Z","status":"ok","findings":[],
                 "addresses":[{"address":"192.0.2.7:443","ending":"handshake-complete","protocol":"TLSv1.3",
                               "cipherSuite":"TLS_AES_256_GCM_SHA384","millis":31,"chain":[]}]}
                """;

        var result = Json.read(CheckResult.class, text);

        assertEquals(0, result.omittedAddresses());
        assertEquals(Optional.empty(), result.addresses().getFirst().applicationProtocol());
        assertEquals(31, result.addresses().getFirst().millis());
    }

    /** An incident in the table is replaced only if it is written as it was read. */
    @Test
    void aCertificateFromBeforeTheNewestFieldsIsWrittenAsItWasRead() {
        var text = """
                {"subject":"CN=a","issuer":"CN=b","serialNumber":"01","notBefore":"2026-09-01T00:00:00Z",\
                "notAfter":"2026-11-29T23:59:59Z","names":["a"],"omittedNames":0,"keyAlgorithm":"EC P-256",\
                "signatureAlgorithm":"SHA256withECDSA","sha256":"ab"}""";

        var certificate = Json.read(CertificateReport.class, text);

        assertEquals(text, Json.write(certificate));
        assertEquals(false, certificate.isForClients());
    }

    @Test
    void whatIsKnownOfATargetIsSmallAndOlderAndNewerReadersUnderstandIt() {
        var due = new RecheckDue.Due(
                TARGET, false, Optional.of(Examples.known()), Optional.of(Outcome.of(Examples.result())));
        assertTrue(Json.write(due).length() < 320, Json.write(due));
        assertEquals(Known.NOTHING, Json.read(Known.class, "{\"future\": [1]}"));
        assertEquals(
                new RecheckDue.Due(TARGET, true),
                Json.read(RecheckDue.Due.class, "{\"target\": \"" + TARGET.id() + "\", \"incident\": true}"));
    }

    @Test
    void anEventReadsBackAsItWasWritten() {
        var event = Examples.event(EventType.NOTIFICATION_DECIDED, Examples.notification(HOOK));
        assertEquals(event, CloudEvent.read(Notification.class, event.write()));
    }

    @Test
    void aBatchReadsBackAsItWasWritten() {
        var batch = List.of(
                Examples.event(EventType.SSL_CHECKED, Examples.result()),
                Examples.event(EventType.SSL_CHECKED, Examples.result()));
        var text = CloudEvent.writeBatch(CheckResult.class, batch);
        assertTrue(text.startsWith("["), text);
        assertEquals(batch, CloudEvent.readBatch(CheckResult.class, text));
    }

    @Test
    void anEventHasTheNamesThatCloudEventsPrescribes() {
        var tree = (Map<?, ?>) Json.readTree(Examples.event(EventType.WATCH_ADDED, new WatchAdded(TARGET, OWNER))
                .write());
        assertEquals("1.0", tree.get("specversion"));
        assertEquals("id-1", tree.get("id"));
        assertEquals("urn:certtide:ssl-checker", tree.get("source"));
        assertEquals("dev.certtide.watch.added.v1", tree.get("type"));
        assertEquals("https://xn--bcher-kva.example:8443", tree.get("subject"));
        assertEquals("2026-11-21T13:37:00.123456789Z", tree.get("time"));
        assertEquals("application/json", tree.get("datacontenttype"));
        assertEquals("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", tree.get("traceparent"));
        assertEquals(Map.of("target", TARGET.id(), "owner", OWNER.id()), tree.get("data"));
    }

    @Test
    void fieldsThatARecordDoesNotKnowArePassedOver() {
        var read = Json.read(WatchAdded.class, """
                {"future": {"a": [1, {"b": null}]}, "target": "https://example.com", "owner": "jane", "more": "x"}""");
        assertEquals("https://example.com:443", read.target().id());
    }

    @ParameterizedTest
    @EnumSource
    void aFindingCodeIsWrittenAsItsCode(FindingCode code) {
        var finding = new Finding(code, Status.WARNING, "d", List.of());
        var text = Json.write(finding);
        assertTrue(
                text.contains(
                        "\"" + code.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "\""),
                text);
        assertEquals(finding, Json.read(Finding.class, text));
    }
}

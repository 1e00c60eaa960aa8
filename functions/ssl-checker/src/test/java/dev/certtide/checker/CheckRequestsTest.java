package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.kit.Claims;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import dev.certtide.model.event.UrlEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class CheckRequestsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final List<String> checked = new ArrayList<>();
    private Instant now = NOON;
    private CheckRequests requests;

    @BeforeEach
    void claimsInANewTable(LocalDynamoDb dynamoDb) {
        requests = new CheckRequests(new Claims(dynamoDb.table(), () -> now), () -> now);
    }

    @Test
    void aStormOfRequestsForOneTargetIsOneCheckAMinute() {
        for (int i = 0; i < 20; i++) {
            ask(event("check-requested", "a", "owner" + i));
        }
        assertEquals(List.of("a"), checked);
        ask(event("check-requested", "b", "jane"));
        assertEquals(List.of("a", "b"), checked);
        now = NOON.plusSeconds(61);
        ask(event("check-requested", "a", "jane"), event("check-requested", "a", "joe"));
        assertEquals(List.of("a", "b", "a"), checked);
    }

    @Test
    void aNewOrResumedWatchIsCheckedAlwaysAndAnswersARequestBesideIt() {
        ask(event("check-requested", "a", "jane"));
        ask(event("added", "a", "joe"), event("check-requested", "a", "jane"));
        ask(event("resumed", "a", "jane"));
        assertEquals(List.of("a", "a", "a"), checked);
    }

    @Test
    void aStormOfRepetitionsOfOneSignUpIsAFewChecksAMinute() {
        for (int i = 0; i < 50; i++) {
            now = NOON.plusSeconds(i);
            ask(event(i % 2 == 0 ? "added" : "resumed", "a", "joe"));
        }
        assertEquals(List.of("a", "a", "a", "a", "a"), checked);
        ask(event("added", "a", "jane"), event("added", "b", "joe"));
        assertEquals(List.of("a", "a", "a", "a", "a", "a", "b"), checked);
        checked.clear();
        for (int i = 0; i < 50; i++) {
            now = NOON.plusSeconds(60 + i);
            ask(event("added", "a", "joe"));
        }
        assertEquals(List.of("a", "a", "a", "a", "a"), checked);
    }

    @Test
    void aSignUpWhoseCheckFailedIsCheckedWhenItComesAgain() {
        var events = List.of(event("added", "a", "jane"));
        assertThrows(
                IllegalStateException.class,
                () -> requests.withoutRepetitions(events, _ -> {
                    throw new IllegalStateException("SNS is away");
                }));
        ask(event("added", "a", "jane"));
        assertEquals(List.of("a"), checked);
    }

    @Test
    void whatIsRemovedOrPausedIsNotChecked() {
        ask(event("removed", "a", "jane"), event("paused", "b", "jane"));
        assertEquals(List.of(), checked);
    }

    @Test
    void aRequestWhoseCheckFailedIsTakenUpWhenItComesAgain() {
        var events = List.of(event("check-requested", "a", "jane"));
        assertThrows(
                IllegalStateException.class,
                () -> requests.withoutRepetitions(events, _ -> {
                    throw new IllegalStateException("SNS is away");
                }));
        ask(event("check-requested", "a", "jane"));
        assertEquals(List.of("a"), checked);
    }

    private void ask(UrlEvent... events) {
        requests.withoutRepetitions(
                List.of(events),
                targets -> targets.forEach(target -> checked.add(target.host().split("\\.")[0])));
    }

    private static UrlEvent event(String type, String host, String owner) {
        var text = """
                {"specversion": "1.0", "id": "1", "source": "s", "type": "dev.certtide.url.%s.v1",
                 "data": {"url": "%s.example", "owner": "%s"}}""".formatted(type, host, owner);
        return ((Element.Accepted) NewUrlMessage.parse(text).getFirst()).event();
    }
}

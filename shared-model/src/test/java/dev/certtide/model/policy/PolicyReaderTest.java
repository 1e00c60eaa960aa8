package dev.certtide.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
    private static final String NIGHT = "\"from\": \"22:00\", \"to\": \"07:00\", \"zone\": \"UTC\"";

    @Test
    void everythingThatCanBeSaidIsRead() {
        var policy = Policy.parse("""
                {"profile": "manual", "warning": "25%", "critical": "7d", "ignore": ["weak-cipher"], "remindEvery": "4d",
                 "escalation": {"after": "4h", "channels": [{"type": "email", "address": "boss@example.com"}]},
                 "quietHours": [{"days": ["sat", "sun"], "from": "22:00", "to": "07:00", "zone": "Europe/Berlin",
                                 "except": "critical"}],
                 "maintenance": [{"from": "2026-11-21T20:00:00Z", "to": "2026-11-21T23:00:00+01:00", "note": "storage"}],
                 "digest": {"every": "weekly", "day": "mon", "at": "08:00", "zone": "Europe/Berlin", "upTo": "warning"},
                 "levels": {"sms": "critical", "slack:ops": "warning"}, "mostAtOnce": 5}""");

        var night = policy.quietHours().getFirst();
        assertEquals(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), night.days());
        assertEquals(LocalTime.of(22, 0), night.from());
        assertEquals("Europe/Berlin", night.zone().getId());
        assertEquals(Status.CRITICAL, night.except().orElseThrow());
        assertEquals(DayOfWeek.MONDAY, policy.digest().orElseThrow().day().orElseThrow());
        assertEquals("4h", policy.escalation().orElseThrow().after().toString());
        assertEquals("storage", policy.maintenance().getFirst().note().orElseThrow());
        assertEquals(Status.CRITICAL, policy.levels().get("sms"));
        assertEquals(Optional.of(5), policy.mostAtOnce());
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            []                                          | policy                 | must be a JSON object
            {"warn": "25%"}                             | policy.warn            | is not known here; there are profile, warning, critical, ignore, remindEvery, escalation, quietHours, maintenance, digest, levels, mostAtOnce
            {"a b": 1}                                  | policy                 | has a field that is not known here
            {"profile": "auto"}                         | policy.profile         | must be one of automatic, manual
            {"profile": {}}                             | policy.profile         | must be a text
            {"warning": "30"}                           | policy.warning         | must be a share of the lifetime such as 25%
            {"warning": 30}                             | policy.warning         | must be a share of the lifetime such as 25%
            {"warning": "4000d"}                        | policy.warning         | at most 3650d
            {"warning": "7d", "critical": "8d"}         | policy.critical        | begins earlier than the warning
            {"warning": "7%", "critical": "8%"}         | policy.critical        | begins earlier than the warning
            {"ignore": "weak-cipher"}                   | policy.ignore          | must be a list: [ ... ]
            {"ignore": ["weak-cipher", "weak-cypher"]}  | policy.ignore[1]       | is no code of a finding such as weak-cipher
            {"ignore": [null]}                          | policy.ignore[0]       | is missing
            {"remindEvery": "4 days"}                   | policy.remindEvery     | must be minutes, hours or days such as 30m, 4h or 7d
            {"remindEvery": "59m"}                      | policy.remindEvery     | must be at least 1h
            {"escalation": []}                          | policy.escalation      | must be a JSON object
            {"escalation": {"after": "4h"}}             | policy.escalation.channels | must be 1 to 10
            {"escalation": {"channels": [$mail]}}       | policy.escalation.after | is missing
            {"escalation": {"after": "4h", "channels": [$mail], "to": 1}} | policy.escalation.to | is not known here; there are after, channels
            {"escalation": {"after": "4h", "channels": [{}]}} | policy.escalation.channels[0].type | is missing
            {"escalation": {"after": "4h", "channels": [{"type": "pigeon"}]}} | policy.escalation.channels[0].type | must be one of email, webhook, sms
            {"escalation": {"after": "4h", "channels": [{"type": "email"}]}} | policy.escalation.channels[0].address | is missing
            {"escalation": {"after": "4h", "channels": [{"type": "email", "address": "x"}]}} | policy.escalation.channels[0].address | is no mail address
            {"escalation": {"after": "4h", "channels": [{"type": "email", "address": "a@b.example", "name": "x"}]}} | policy.escalation.channels[0].name | is not known here
            {"quietHours": {}}                          | policy.quietHours      | must be a list: [ ... ]
            {"quietHours": [1]}                         | policy.quietHours[0]   | must be a JSON object
            {"quietHours": [{}]}                        | policy.quietHours[0].from | is missing
            {"quietHours": [{"from": "24:00"}]}         | policy.quietHours[0].from | is no time of day; write hours and minutes such as 07:30
            {"quietHours": [{"from": "7:00"}]}          | policy.quietHours[0].from | is no time of day
            {"quietHours": [{"from": "22:00", "to": "7 am"}]} | policy.quietHours[0].to | is no time of day
            {"quietHours": [{"from": "22:00", "to": "07:00"}]} | policy.quietHours[0].zone | is missing
            {"quietHours": [{"from": "22:00", "to": "07:00", "zone": "Europe/Atlantis"}]} | policy.quietHours[0].zone | is no time zone that exists; write one of the tz database such as Europe/Berlin
            {"quietHours": [{"from": "22:00", "to": "07:00", "zone": "europe/berlin"}]} | policy.quietHours[0].zone | is no time zone that exists; write Europe/Berlin
            {"quietHours": [{"from": "22:00", "to": "07:00", "zone": "+02:00"}]} | policy.quietHours[0].zone | is no time zone that exists
            {"quietHours": [{$night}, {$night, "days": ["sunday"]}]} | policy.quietHours[1].days[0] | must be one of mon, tue, wed, thu, fri, sat, sun
            {"quietHours": [{$night, "except": "ok"}]}  | policy.quietHours[0].except | must be one of warning, critical, unreachable
            {"quietHours": [{$night, "tz": "UTC"}]}     | policy.quietHours[0].tz | is not known here
            {"quietHours": [{"from": "00:00", "to": "00:00", "zone": "UTC"}]} | policy.quietHours | never end
            {"quietHours": [{$night}, {"from": "07:00", "to": "22:00", "zone": "UTC"}]} | policy.quietHours | never end, so that nothing would ever be told
            {"quietHours": [{$night, "except": "critical"}, {"from": "07:00", "to": "22:00", "zone": "UTC"}]} | policy.quietHours | never end for what is milder than except; leave some time between them, or write levels instead
            {"quietHours": [{"from": "00:00", "to": "00:00", "zone": "UTC", "except": "critical"}]} | policy.quietHours | never end for what is milder than except
            {"maintenance": [{"from": "2026-11-21", "to": "2026-11-22"}]} | policy.maintenance[0].from | is no RFC 3339 time
            {"maintenance": [{"from": "2026-11-21T20:00:00Z"}]} | policy.maintenance[0].to | is missing
            {"maintenance": [{"from": "2026-11-21T20:00:00Z", "to": "2026-11-21T20:00:00Z"}]} | policy.maintenance[0].to | must be later than from
            {"maintenance": [{"from": "2026-11-21T20:00:00Z", "to": "2027-11-21T20:00:00Z"}]} | policy.maintenance[0].to | is more than 90 days after from; pause the watch instead
            {"maintenance": [{"from": "2026-11-21T20:00:00Z", "to": "2026-11-21T21:00:00Z", "note": "a\\u0007"}]} | policy.maintenance[0].note | must be at most 200 characters
            {"digest": {"at": "08:00", "zone": "UTC"}}  | policy.digest.every    | is missing
            {"digest": {"every": "hourly"}}             | policy.digest.every    | must be one of daily, weekly
            {"digest": {"every": "weekly", "at": "08:00", "zone": "UTC"}} | policy.digest.day | is missing
            {"digest": {"every": "daily", "day": "mon", "at": "08:00", "zone": "UTC"}} | policy.digest.day | is for weekly summaries
            {"digest": {"every": "daily", "at": "8", "zone": "UTC"}} | policy.digest.at | is no time of day
            {"digest": {"every": "daily", "at": "08:00"}} | policy.digest.zone   | is missing
            {"digest": {"every": "daily", "at": "08:00", "zone": "UTC", "upTo": "ok"}} | policy.digest.upTo | must be one of warning, critical, unreachable
            {"levels": []}                              | policy.levels          | must be a JSON object
            {"levels": {"fax": "critical"}}             | policy.levels          | names a channel that is not known; write its type or, as in slack:ops, its id. The type must be one of email, webhook, sms
            {"levels": {"sms": "high"}}                 | policy.levels.sms      | must be one of warning, critical, unreachable
            {"levels": {"webhook:https://example.com/secret": "high"}} | policy.levels.webhook | must be one of warning, critical, unreachable
            {"levels": {"sms": null}}                   | policy.levels.sms      | is missing
            {"levels": {"slack:": "critical"}}          | policy.levels.slack    | has a colon without
            {"levels": {"slack:op s": "critical"}}      | policy.levels.slack    | has something behind the colon that no channel has; write the id as in slack:ops
            {"levels": {"sms:s3cret": "critical"}}      | policy.levels.sms      | has something behind the colon that no channel has; write the id as in slack:ops
            {"mostAtOnce": 0}                           | policy.mostAtOnce      | must be 1 to 1000
            {"mostAtOnce": 1001}                        | policy.mostAtOnce      | must be 1 to 1000
            {"mostAtOnce": 2.5}                         | policy.mostAtOnce      | must be a whole number
            {"mostAtOnce": "5"}                         | policy.mostAtOnce      | must be a whole number
            """)
    void whatIsWrongIsToldWithItsPlaceAndTheRemedy(String json, String field, String problem) {
        var text =
                json.replace("$night", NIGHT).replace("$mail", "{\"type\": \"email\", \"address\": \"a@b.example\"}");

        var refused = assertThrows(InvalidInputException.class, () -> Policy.parse(text));

        assertEquals(field, refused.field());
        assertTrue(refused.problem().startsWith(problem) || refused.problem().endsWith(problem), refused::problem);
    }

    @ParameterizedTest
    @CsvSource({"quietHours,20", "maintenance,50"})
    void thereIsAnEndToLists(String name, int most) {
        var one = name.equals("quietHours")
                ? "{" + NIGHT + "}"
                : "{\"from\": \"2026-11-21T20:00:00Z\", \"to\": \"2026-11-21T21:00:00Z\"}";

        assertEquals(
                most,
                name.equals("quietHours")
                        ? parse(name, one, most).quietHours().size()
                        : parse(name, one, most).maintenance().size());
        var refused = assertThrows(InvalidInputException.class, () -> parse(name, one, most + 1));
        assertEquals("policy." + name + ": holds " + (most + 1) + "; at most " + most, refused.getMessage());
    }

    @Test
    void whatIsRefusedNowAndWasStoredBeforeIsStillRead() {
        var stored = PolicyReader.stored(
                Map.of("remindEvery", "5m", "levels", Map.of("slack:op s", "critical")));
        assertEquals("5m", stored.remindEvery().orElseThrow().toString());
        assertEquals(Map.of("slack:op s", Status.CRITICAL), stored.levels());
        assertEquals("1h", Policy.parse("{\"remindEvery\": \"60m\"}").remindEvery().orElseThrow().toString());
    }

    @Test
    void aPolicyOfTheWrongKindIsNoObject() {
        assertThrows(InvalidInputException.class, () -> Policy.parse("null"));
        assertThrows(InvalidInputException.class, () -> Policy.parse("{"));
        assertEquals(Policy.NONE, Policy.parse("{\"warning\": null, \"ignore\": []}"), "null says nothing");
    }

    private static Policy parse(String name, String one, int count) {
        var list = IntStream.range(0, count).mapToObj(_ -> one).collect(Collectors.joining(","));
        return Policy.parse("{\"" + name + "\": [" + list + "]}");
    }
}

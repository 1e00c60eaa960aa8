package dev.certtide.fuzz;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.event.WatchAdded;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.IncidentAnswered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What owners write, what web servers and providers of channels answer, and the rarer events. */
final class TextSeeds {
    private static final Instant NOW = SignedChain.NOW;
    private static final Target TARGET = Target.parse("https://" + SignedChain.HOST);

    private final Seeds seeds;

    private TextSeeds(Seeds seeds) {
        this.seeds = seeds;
    }

    static void write(Seeds seeds) throws IOException {
        TextSeeds more = new TextSeeds(seeds);
        more.events();
        more.ofOwners();
        more.ofProviders();
        more.ofWebServers();
    }

    private void events() throws IOException {
        SslUnchanged unchanged = new SslUnchanged("daily#1.0", NOW, NOW, NOW, TARGET, TARGET, 1, List.of(TARGET));
        Incident.Answer answer = new Incident.Answer(
                Incident.Answer.Kind.SNOOZED, NOW, Optional.of("Jane"), Optional.of(NOW.plus(Duration.ofDays(1))));
        put("unchanged", CloudEvent.writeBatch(SslUnchanged.class, List.of(event(EventType.SSL_UNCHANGED, unchanged))));
        put(
                "watch",
                event(EventType.WATCH_ADDED, new WatchAdded(TARGET, Owner.DEFAULT))
                        .write());
        put(
                "answered",
                event(EventType.INCIDENT_ANSWERED, new IncidentAnswered(Owner.DEFAULT, TARGET.id(), "inc_1", answer))
                        .write());
        put(
                "timer",
                event(EventType.TIMER_DUE, new TimerDue("id", "kind", NOW, Map.of("a", "b")))
                        .write());
        put("unknown", "{\"type\": \"dev.certtide.url.added.v2\"}");
    }

    private void ofOwners() throws IOException {
        seeds.put("fuzz/Messages/policy", "all", """
                {"profile": "manual", "warning": "25%, at most 30d", "critical": "7d", "ignore": ["weak-cipher"],
                 "remindEvery": "7d", "mostAtOnce": 5, "levels": {"sms": "critical", "slack:ops": "warning"},
                 "escalation": {"after": "4h", "channels": [{"type": "email", "address": "ops@example.com"}]},
                 "quietHours": [{"days": ["sat", "sun"], "from": "00:00", "to": "00:00", "zone": "Europe/Berlin"},
                  {"from": "22:00", "to": "07:30", "zone": "UTC", "except": "critical"}],
                 "maintenance": [{"from": "2026-05-31T22:00:00+02:00", "to": "2026-06-01T06:00:00Z", "note": "a move"}],
                 "digest": {"every": "weekly", "day": "mon", "at": "08:00", "zone": "America/New_York", "upTo": "warning"}}
                """);
        seeds.put("fuzz/Messages/policy", "daily", """
                {"digest": {"every": "daily", "at": "23:59", "zone": "Asia/Kathmandu"}, "warning": "30d"}
                """);
        seeds.put("notifier/Notifier/template", "all", """
                {{alert}}: {{host}}{{#others}} and {{others}}{{/others}}
                {{problem}} since {{since}}.
                {{#findings}}
                - {{detail}} ({{code}}) on {{where}}
                {{/findings}}
                {{#lines}}{{lineHost}}: {{lineProblem}}{{/lines}}{{^note}}nothing{{/note}}{{! a comment }}
                {{{deadline}}} {{&act}}
                """);
        seeds.put("cli/UrlSheet/rows", "all", """
                url,owner,external_id,tags,email,webhook,channels,policy,private_roots,paused,customer_email,name,locale,plan
                https://example.com,42,s,shop;eu,jane@example.com,https://example.com/h,slack:ops sms:+4915112345678,"{""profile"": ""manual""}",,true,jane@example.com,"Jane ""J""\",en,pro
                example.org;8443,"[""a;b""]",,,,,,,,,,

                """);
        seeds.put("cli/UrlSheet/rows", "semicolons", "\uFEFFURL;Tags;else\r\nexample.com;a;\"x;y\"\r\n\"open;a;b\r\n");
    }

    private void ofProviders() throws IOException {
        answered("slack", 100, "ok");
        answered("slack-refuses", 300, "no_service");
        answered(
                "teams", 100, "Webhook message delivery failed with error: ... returned HTTP error 429 with ContextId");
        answered("telegram", 100, "{\"ok\": true, \"result\": {}}");
        answered(
                "telegram-wants-less",
                329,
                "{\"ok\": false, \"error_code\": 429, \"parameters\": {\"retry_after\": 35}}");
        answered(
                "telegram-moved",
                300,
                "{\"ok\": false, \"error_code\": 400, \"parameters\": {\"migrate_to_chat_id\": -100}}");
        answered("for-ever", 329, "{\"parameters\": {\"retry_after\": 9223372036854775807}}");
    }

    private void ofWebServers() throws IOException {
        String target = "fuzz/Web/answers";
        seeds.put(
                target,
                "list",
                "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-crl\r\nContent-Length: 5\r\n\r\nabcde");
        seeds.put(
                target,
                "chunks",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nTrailer: x\r\n\r\n");
        seeds.put(target, "until-the-end", "HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nabcde");
        seeds.put(target, "missing", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        seeds.put(target, "elsewhere", "HTTP/1.1 302 Found\r\nLocation: /other\r\n\r\n");
        seeds.put(target, "other-host", "HTTP/1.1 301 Moved\r\nLocation: https://other.certtide.test/list.crl\r\n\r\n");
        seeds.put(target, "not-yet", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
    }

    /** @param status above 100 */
    private void answered(String name, int status, String body) throws IOException {
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        byte[] input = new byte[2 + text.length];
        input[0] = (byte) (status >> 8);
        input[1] = (byte) status;
        System.arraycopy(text, 0, input, 2, text.length);
        seeds.put("notifier/Notifier/answer", name, input);
    }

    private void put(String name, String event) throws IOException {
        seeds.put("fuzz/Messages/anyEvent", name, event);
    }

    private static <T> CloudEvent<T> event(EventType type, T data) {
        return CloudEvent.of(type, "1", "seed", TARGET.id(), NOW, Optional.empty(), data);
    }
}

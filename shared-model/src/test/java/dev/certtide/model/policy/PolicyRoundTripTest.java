package dev.certtide.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Channel;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.json.Json;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PolicyRoundTripTest {
    private static final Instant SOME_TIME = Instant.parse("2026-11-21T13:37:00Z");

    @Property(tries = 500)
    void aPolicyReadsBackAsItWasWritten(@ForAll("policies") Policy policy) {
        var text = Json.write(policy);

        assertEquals(policy, Json.read(Policy.class, text));
        assertEquals(text, Json.write(Json.read(Policy.class, text)));
    }

    @Provide
    Arbitrary<Policy> policies() {
        var first = Combinators.combine(
                        Arbitraries.of(Profile.class).optional(),
                        margins().optional(),
                        margins().optional(),
                        Arbitraries.of(FindingCode.class)
                                .list()
                                .uniqueElements()
                                .ofMaxSize(4),
                        intervals().optional(),
                        escalations().optional())
                .as((profile, warning, critical, ignore, every, escalation) -> new Policy(
                        profile,
                        warning,
                        critical,
                        ignore,
                        every,
                        escalation,
                        List.of(),
                        List.of(),
                        Policy.NONE.digest(),
                        Map.of(),
                        Policy.NONE.mostAtOnce()));
        var second = Combinators.combine(
                        quietHours().list().ofMaxSize(3),
                        maintenance().list().ofMaxSize(3).uniqueElements(),
                        digests().optional(),
                        Arbitraries.maps(
                                Arbitraries.of("sms", "email", "slack:ops", "webhook:https://a.example/b?c=d"),
                                levels()),
                        Arbitraries.integers()
                                .between(1, Policy.GREATEST_AT_ONCE)
                                .optional())
                .as((quiet, maintenance, digest, least, most) -> new Policy(
                        Policy.NONE.profile(),
                        Policy.NONE.warning(),
                        Policy.NONE.critical(),
                        List.of(),
                        Policy.NONE.remindEvery(),
                        Policy.NONE.escalation(),
                        quiet,
                        maintenance,
                        digest,
                        least,
                        most));
        return Combinators.combine(first, second).as(Policy::over);
    }

    private static Arbitrary<Interval> intervals() {
        return Arbitraries.longs()
                .between(1, Duration.ofDays(3_650).toMinutes())
                .map(minutes -> new Interval(Duration.ofMinutes(minutes)));
    }

    private static Arbitrary<Margin> margins() {
        var shares = Arbitraries.integers().between(1, 100).map(Margin.Share::new);
        var times = intervals().map(Margin.Left::new);
        return Arbitraries.oneOf(
                shares.map(Margin.class::cast),
                times.map(Margin.class::cast),
                Combinators.combine(shares, times).as(Margin.Less::new));
    }

    private static Arbitrary<Escalation> escalations() {
        var channels = Arbitraries.<Channel>of(
                new Channel.Email("jane@example.com"), new Channel.Webhook("https://example.com/hook?a=b"));
        return Combinators.combine(intervals(), channels.list().ofMinSize(1).ofMaxSize(3))
                .as(Escalation::new);
    }

    private static Arbitrary<QuietHours> quietHours() {
        return Combinators.combine(
                        Arbitraries.of(DayOfWeek.class).list().ofMaxSize(7),
                        times(),
                        times(),
                        zones(),
                        levels().optional())
                .as(QuietHours::new);
    }

    private static Arbitrary<Maintenance> maintenance() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.longs().between(1, 1_000_000),
                        Arbitraries.strings()
                                .ofMinLength(1)
                                .withCharRange(' ', '~')
                                .filter(note -> !note.isBlank())
                                .optional())
                .as((from, length, note) ->
                        new Maintenance(SOME_TIME.plusSeconds(from), SOME_TIME.plusSeconds(from + length), note));
    }

    private static Arbitrary<Digest> digests() {
        return Combinators.combine(Arbitraries.of(DayOfWeek.class).optional(), times(), zones(), levels())
                .as(Digest::new);
    }

    private static Arbitrary<LocalTime> times() {
        return Arbitraries.integers().between(0, 1_439).map(minute -> LocalTime.ofSecondOfDay(minute * 60L));
    }

    private static Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Europe/Berlin", "UTC", "Asia/Kathmandu", "America/St_Johns")
                .map(ZoneId::of);
    }

    private static Arbitrary<Status> levels() {
        return Arbitraries.of(Status.WARNING, Status.CRITICAL, Status.UNREACHABLE);
    }
}

package dev.certtide.notifier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.samskivert.mustache.MustacheException;
import dev.certtide.fuzz.Bound;
import dev.certtide.model.Channel;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.Notification;
import dev.certtide.webhook.GuardedHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The texts of owners, and what the providers of channels answer. */
class NotifierFuzzTest {
    private static final int LONGEST_COMPLAINT = 2_000;
    private static final int LONGEST_TEXT = 50_000;
    private static final int LONGEST_REASON = 300;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(12);
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Target TARGET = Target.parse("https://www.certtide.test");
    private static final Facts FACTS = Facts.of(
            new Notification(
                    "key",
                    Notification.Kind.SUMMARY,
                    Owner.DEFAULT,
                    new Channel.Email("jane@example.com"),
                    TARGET,
                    Status.CRITICAL,
                    "inc_1",
                    NOW,
                    NOW,
                    Stream.of(FindingCode.EXPIRED, FindingCode.SELF_SIGNED)
                            .map(code -> new Finding(code, Status.CRITICAL, "Renew it now.", List.of("192.0.2.7:443")))
                            .toList(),
                    Optional.empty(),
                    List.of(),
                    0,
                    List.of(
                            new Notification.Line(TARGET, Notification.Kind.OPENED, Status.CRITICAL, "expired", NOW),
                            new Notification.Line(TARGET, Notification.Kind.RECOVERED, Status.OK, "expired", NOW)),
                    0,
                    List.of(),
                    Optional.of("A note.")),
            Links.NONE);

    /** A subject, a line break, a body. */
    @FuzzTest
    void template(byte[] bytes) {
        Bound.holds(() -> {
            String[] parts = text(bytes).split("\n", 2);
            try {
                MessageText text = new TextTemplate(parts[0], parts.length == 2 ? parts[1] : "").fill(FACTS);
                Bound.require(text.subject().length() <= LONGEST_TEXT, "an endless subject");
                Bound.require(text.body().length() <= LONGEST_TEXT, "an endless text");
                Bound.require(text.subject().lines().count() <= 1, "a subject of several lines");
            } catch (InvalidInputException e) {
                Bound.require(e.getMessage().length() <= LONGEST_COMPLAINT, "a complaint at length: " + e.getMessage());
                Bound.require(e.field().equals("subject") || e.field().equals("body"), "the field " + e.field());
            } catch (MustacheException e) {
                Bound.require(e.getMessage().startsWith("The text is longer"), "found out late: " + e.getMessage());
            }
        });
    }

    /** A status in two bytes, and a body. */
    @FuzzTest
    void answer(byte[] bytes) {
        Bound.holds(() -> {
            int status = bytes.length < 2 ? 200 : 100 + ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) % 500;
            String body =
                    new String(bytes, Math.min(2, bytes.length), Math.max(0, bytes.length - 2), StandardCharsets.UTF_8);
            Answer answer = new Answer(status, Optional.empty(), body);
            look(SlackSender.judge("Slack", answer));
            look(TeamsSender.judge("Teams", answer));
            look(PagerDutySender.judge("PagerDuty", answer));
            look(TelegramSender.judge("Telegram", answer));
        });
    }

    private static void look(Outcome outcome) {
        switch (outcome) {
            case Outcome.Delivered() -> {}
            case Outcome.Throttled(String reason, Optional<Duration> after) -> {
                sayable(reason);
                Duration pause = new Attempt(1, Duration.ZERO).pause(after, false);
                Bound.require(pause.isPositive() && pause.compareTo(LONGEST_PAUSE) < 0, "a pause of " + pause);
            }
            case Outcome.Temporary(String reason) -> sayable(reason);
            case Outcome.Permanent(String field, String reason) -> sayable(reason);
        }
    }

    private static void sayable(String reason) {
        Bound.require(
                reason.length() <= LONGEST_REASON && reason.chars().noneMatch(Character::isISOControl),
                "a reason that strangers wrote");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

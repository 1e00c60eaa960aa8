package dev.certtide.model.event;

import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.Outcome;
import dev.certtide.model.history.RenewalHabit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message as the code writes it, with something in every field.
 *
 * @param contract the name of the schema that it must keep
 * @param text JSON
 */
public record Written(String contract, String text) {
    /** One for each alternative of every contract that we write. */
    public static Stream<Written> all() {
        return Stream.of(
                new Written(
                        "ssl-checked.v1",
                        event(EventType.SSL_CHECKED, "ssl-checker", Examples.TARGET.id(), Examples.result())),
                new Written(
                        "ssl-result.v1",
                        CloudEvent.writeBatch(
                                CheckResult.class, List.of(Examples.event(EventType.SSL_CHECKED, Examples.result())))),
                new Written(
                        "recheck-due.v1",
                        event(
                                EventType.RECHECK_DUE,
                                "recheck",
                                "daily#1003.2",
                                new RecheckDue(
                                        "daily#1003.2",
                                        List.of(new RecheckDue.Due(
                                                Examples.TARGET,
                                                true,
                                                Optional.of(new Known(
                                                        true,
                                                        Optional.of(new RenewalHabit(3, 0.3333, 2_592_000, 0.01)))),
                                                Optional.of(Outcome.of(Examples.result())),
                                                Optional.of(Examples.eager()))),
                                        List.of(Examples.unchanged().last())))),
                new Written(
                        "ssl-unchanged.v1",
                        event(EventType.SSL_UNCHANGED, "ssl-checker", "daily#1003.2", Examples.unchanged())),
                new Written(
                        "ssl-unchanged-batch.v1",
                        CloudEvent.writeBatch(
                                SslUnchanged.class,
                                List.of(Examples.event(EventType.SSL_UNCHANGED, Examples.unchanged())))),
                new Written(
                        "watch-added.v1",
                        event(
                                EventType.WATCH_ADDED,
                                "url-registry",
                                Examples.TARGET.id(),
                                new WatchAdded(Examples.TARGET, Examples.OWNER))),
                new Written(
                        "incident-answered.v1",
                        event(EventType.INCIDENT_ANSWERED, "cli", "inc_1", Examples.answered())),
                new Written(
                        "timer-due.v1",
                        event(EventType.TIMER_DUE, "recheck", Examples.timer().id(), Examples.timer())),
                notification(new Channel.Email("jane@example.com")),
                notification(new Channel.Webhook("https://example.com/hook?a=b")),
                notification(new Channel.Sms("+4915112345678")),
                notification(new Channel.Slack("ops")),
                notification(new Channel.Teams("ops")),
                notification(new Channel.PagerDuty("on-call")),
                notification(new Channel.Telegram("me")),
                notification(new Channel.Messenger("me")));
    }

    private static Written notification(Channel channel) {
        return new Written(
                "notification-decided.v1",
                event(
                        EventType.NOTIFICATION_DECIDED,
                        "ssl-failures",
                        Examples.TARGET.id(),
                        Examples.notification(channel)));
    }

    private static String event(EventType type, String source, String subject, Object data) {
        return CloudEvent.of(
                        type,
                        "id-1",
                        source,
                        subject,
                        Examples.NOW,
                        Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                        data)
                .write();
    }

    @Override
    public String toString() {
        return contract;
    }
}

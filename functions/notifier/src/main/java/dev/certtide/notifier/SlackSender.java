package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.GuardedHttp.Answer;
import java.util.Map;
import java.util.Set;

/** Posts to an incoming webhook of Slack (Slack API, "Sending messages using incoming webhooks"). */
final class SlackSender implements Sender<Channel.Slack> {
    /** The same page, "Handling errors": what it means when the text of the answer is not {@code ok}. */
    private static final Set<String> LATER = Set.of("rollup_error", "rate_limited", "internal_error", "fatal_error");

    private final Secrets secrets;
    private final Poster poster;

    SlackSender(Secrets secrets, Poster poster) {
        this.secrets = secrets;
        this.poster = poster;
    }

    @Override
    public Outcome send(Notice notice, Channel.Slack channel) {
        var who = channel.displayName();
        var url = secrets.of(notice.notification().owner(), channel).url("url");
        return poster.post(who, url, Map.of(), Json.write(SlackBlocks.of(notice)), answer -> judge(who, answer));
    }

    /** {@code 200 ok} is the only good news; errors are words such as {@code no_service}, sometimes with 200 too. */
    static Outcome judge(String who, Answer answer) {
        var text = answer.body().strip();
        if (answer.status() == 200 && text.equals("ok")) {
            return Outcome.delivered();
        }
        if (answer.status() == 429 || text.equals("rate_limited")) {
            return Poster.throttled(who, answer.retryAfter());
        }
        var said = who + " answered " + answer.status() + (text.matches("[a-z_]{2,60}") ? " " + text : "");
        if (LATER.contains(text)) {
            return new Outcome.Temporary(said);
        }
        return answer.status() / 100 == 2
                ? new Outcome.Permanent("channel.name", said + ", which is not what Slack says when it takes a message")
                : switch (Poster.byStatus(who, "channel.name", answer)) {
                    case Outcome.Permanent refused -> new Outcome.Permanent(refused.field(), said);
                    case Outcome other -> other;
                };
    }
}

package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.GuardedHttp.Answer;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Posts to a workflow of Microsoft Teams that is triggered by "When a Teams webhook request is received" (Microsoft
 * Learn, "Create incoming webhooks with Workflows for Microsoft Teams").
 */
final class TeamsSender implements Sender<Channel.Teams> {
    /** What connectors say with 200, for example "Microsoft Teams endpoint returned HTTP error 429 with ContextId ...". */
    private static final Pattern INNER_ERROR = Pattern.compile("HTTP error (\\d{3})");

    private final Secrets secrets;
    private final Poster poster;

    TeamsSender(Secrets secrets, Poster poster) {
        this.secrets = secrets;
        this.poster = poster;
    }

    @Override
    public Outcome send(Notice notice, Channel.Teams channel) {
        var who = channel.displayName();
        var url = secrets.of(notice.notification().owner(), channel).url("url");
        return poster.post(who, url, Map.of(), Json.write(AdaptiveCard.of(notice)), answer -> judge(who, answer));
    }

    /**
     * 202 says that the workflow has begun, which is all that is ever told. A 200 comes from a connector, which says in
     * the text how it went.
     */
    static Outcome judge(String who, Answer answer) {
        if (answer.status() != 200) {
            return Poster.byStatus(who, "channel.name", answer);
        }
        var text = answer.body().strip();
        var error = INNER_ERROR.matcher(text);
        if (error.find()) {
            var inner = new Answer(Integer.parseInt(error.group(1)), answer.retryAfter(), "");
            return Poster.byStatus(who, "channel.name", inner);
        }
        return text.isEmpty() || text.equals("1") || text.startsWith("{")
                ? Outcome.delivered()
                : new Outcome.Permanent("channel.name", who + " answered 200 with an error");
    }
}

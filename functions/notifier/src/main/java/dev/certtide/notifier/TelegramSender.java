package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.GuardedHttp.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Has a bot of Telegram write to a chat (Telegram Bot API, "sendMessage" and "Making requests"). */
final class TelegramSender implements Sender<Channel.Telegram> {
    /** Characters after entities are parsed; none are. */
    private static final int LONGEST = 4096;

    private final Secrets secrets;
    private final Poster poster;
    private final URI base;

    /** @param base where Telegram is, without a path */
    TelegramSender(Secrets secrets, Poster poster, URI base) {
        this.secrets = secrets;
        this.poster = poster;
        this.base = base;
    }

    @Override
    public Outcome send(Notice notice, Channel.Telegram channel) {
        var who = channel.displayName();
        var settings = secrets.of(notice.notification().owner(), channel);
        var token = settings.get("token");
        if (!token.matches("[0-9]{1,20}:[A-Za-z0-9_-]{10,100}")) {
            return new Outcome.Permanent("channel.name", "the token of " + who + " is none that Telegram gives");
        }
        // The token is part of the path: whoever prints this address gives the bot away.
        var url = base.resolve("/bot" + token + "/sendMessage");
        var message = Json.write(message(notice, settings.get("chat")));
        return poster.post(who, url, Map.of(), message, answer -> judge(who, answer));
    }

    static Map<String, Object> message(Notice notice, String chat) {
        var text = notice.text();
        var message = new LinkedHashMap<String, Object>();
        message.put("chat_id", chat);
        message.put("text", MessageText.shortened(text.inOne(), LONGEST));
        message.put("link_preview_options", Map.of("is_disabled", true));
        return message;
    }

    static Outcome judge(String who, Answer answer) {
        var said = ErrorBody.of(answer.body());
        if (answer.status() / 100 == 2) {
            return said.isTrue("ok")
                    ? Outcome.delivered()
                    : code(who, said.number("error_code").orElse(0L).intValue(), answer, said);
        }
        return code(who, answer.status(), answer, said);
    }

    private static Outcome code(String who, int code, Answer answer, ErrorBody said) {
        var after = said.object("parameters").number("retry_after").map(Duration::ofSeconds);
        return switch (code) {
            case 429 -> Poster.throttled(who, after.or(answer::retryAfter));
            case 401, 404 -> permanent(who + " does not know the bot; is its token still good?");
            case 403 -> permanent(who + " does not let the bot write: it was blocked, or is not in the chat");
            case 400 -> permanent(who + " refuses the message" + reason(said));
            case 0 -> permanent(who + " answered 200 with something that Telegram does not say");
            default -> Poster.byStatus(who, "channel.name", new Answer(code, Optional.empty(), ""));
        };
    }

    private static String reason(ErrorBody said) {
        var moved = said.object("parameters").number("migrate_to_chat_id").isPresent();
        return moved ? ": the group has become a supergroup and has another chat id" : "; is the chat id right?";
    }

    private static Outcome permanent(String reason) {
        return new Outcome.Permanent("channel.name", reason);
    }
}

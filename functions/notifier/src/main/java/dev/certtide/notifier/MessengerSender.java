package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.json.Json;
import dev.certtide.webhook.GuardedHttp.Answer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Has a page write to a person on Facebook Messenger (Meta for Developers, "Send API").
 *
 * <p>A page may answer within 24 hours of the person's last message ({@code RESPONSE}) and not later: then it is told
 * over the fallback, since the tags that once allowed more are gone.
 */
final class MessengerSender implements Sender<Channel.Messenger> {
    private static final int LONGEST = 2000;
    /** "Messenger Platform error codes": sent outside of the allowed window. */
    private static final long OUTSIDE_OF_THE_WINDOW = 2018278;

    private final Secrets secrets;
    private final Poster poster;
    private final URI messages;

    /** @param base where the Graph API is, without a path */
    MessengerSender(Secrets secrets, Poster poster, URI base) {
        this.secrets = secrets;
        this.poster = poster;
        this.messages = base.resolve("/v24.0/me/messages");
    }

    @Override
    public Outcome send(Notice notice, Channel.Messenger channel) {
        var who = channel.displayName();
        var settings = secrets.of(notice.notification().owner(), channel);
        // As a header and not, as most examples have it, in the address.
        var headers = Map.of("Authorization", "Bearer " + settings.get("token"));
        var message = Json.write(message(notice, settings.get("recipient")));
        return poster.post(who, messages, headers, message, answer -> judge(who, answer));
    }

    static Map<String, Object> message(Notice notice, String recipient) {
        var text = notice.text();
        var message = new LinkedHashMap<String, Object>();
        message.put("recipient", Map.of("id", recipient));
        message.put("messaging_type", "RESPONSE");
        message.put("message", Map.of("text", MessageText.shortened(text.inOne(), LONGEST)));
        return message;
    }

    static Outcome judge(String who, Answer answer) {
        var said = ErrorBody.of(answer.body());
        if (said.has("error")) {
            return error(who, answer, said.object("error"));
        }
        if (answer.status() / 100 == 2 && !said.has("message_id")) {
            return permanent(who + " answered " + answer.status() + " without the message's id");
        }
        return Poster.byStatus(who, "channel.name", answer);
    }

    /** "Graph API", "Handle Errors", and "Messenger Platform error codes". */
    private static Outcome error(String who, Answer answer, ErrorBody error) {
        int code = error.number("code").orElse(0L).intValue();
        if (error.number("error_subcode")
                .filter(sub -> sub == OUTSIDE_OF_THE_WINDOW)
                .isPresent()) {
            return permanent(who + " lets nobody write who has not been written to within 24 hours");
        }
        return switch (code) {
            case 4, 17, 32, 613, 80006 -> Poster.throttled(who, answer.retryAfter());
            case 1, 2, 1200 -> new Outcome.Temporary(who + " has trouble of its own (error " + code + ")");
            case 102, 190 -> permanent(who + " does not take the page's token; it has expired or was withdrawn");
            case 10, 200 -> permanent(who + " does not allow the page to write (error " + code + ")");
            case 551 -> permanent(who + " can't reach the person: they have blocked the page or left");
            case 100 -> permanent(who + " does not know the person");
            default ->
                error.isTrue("is_transient") || answer.status() / 100 == 5
                        ? new Outcome.Temporary(who + " has trouble of its own (error " + code + ")")
                        : permanent(who + " refuses the message (error " + code + ")");
        };
    }

    private static Outcome permanent(String reason) {
        return new Outcome.Permanent("channel.name", reason);
    }
}

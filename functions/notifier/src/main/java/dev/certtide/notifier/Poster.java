package dev.certtide.notifier;

import dev.certtide.webhook.BlockedHostException;
import dev.certtide.webhook.GuardedHttp;
import dev.certtide.webhook.GuardedHttp.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * Posts JSON to a provider and judges by the status what no provider says in its own way. Addresses hold secrets, so
 * nothing that an exception says of them gets any further.
 */
final class Poster {
    /** Answers are a sentence or two. */
    private static final int MOST_OF_BODY = 8192;

    private final GuardedHttp http;

    Poster(GuardedHttp http) {
        this.http = http;
    }

    /** A post that is under way. */
    @FunctionalInterface
    interface Posting {
        /**
         * Does it.
         *
         * @throws IOException when there was no answer
         */
        Answer post() throws IOException;
    }

    /**
     * Posts {@code json}.
     *
     * @param who answers, for people, for example {@code Slack}
     * @param judge makes an outcome of an answer
     */
    Outcome post(String who, URI uri, Map<String, String> headers, String json, Function<Answer, Outcome> judge) {
        return attempt(who, "channel.name", () -> http.post(uri, headers, json, MOST_OF_BODY), judge);
    }

    /** The same of any post. */
    static Outcome attempt(String who, String field, Posting posting, Function<Answer, Outcome> judge) {
        try {
            return judge.apply(posting.post());
        } catch (BlockedHostException blocked) {
            return new Outcome.Permanent(field, who + " can't be asked: its address " + blocked.getMessage());
        } catch (IOException failed) {
            return new Outcome.Temporary(who + " " + problem(failed));
        }
    }

    /** By the status alone: 2xx is taken; 408, 425, 429 and 5xx may work later; the rest is final. */
    static Outcome byStatus(String who, String field, Answer answer) {
        int status = answer.status();
        if (status / 100 == 2) {
            return Outcome.delivered();
        }
        var reason = who + " answered " + status;
        if (status == 429 || answer.retryAfter().isPresent() && status / 100 == 5) {
            return new Outcome.Throttled(reason, answer.retryAfter());
        }
        if (status == 408 || status == 425 || status / 100 == 5) {
            return new Outcome.Temporary(reason);
        }
        return new Outcome.Permanent(field, reason);
    }

    /** The same when the answer says after how many seconds to come back. */
    static Outcome throttled(String who, Optional<Duration> after) {
        return new Outcome.Throttled(who + " wants fewer messages", after);
    }

    private static String problem(IOException failed) {
        return switch (failed) {
            case UnknownHostException _ -> "has a name that does not resolve";
            case SSLException _ -> "can't be reached: TLS failed";
            case SocketTimeoutException _ -> "does not answer";
            case ConnectException _ -> "refuses connections";
            default -> "can't be reached";
        };
    }
}

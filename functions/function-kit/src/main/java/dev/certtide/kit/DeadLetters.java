package dev.certtide.kit;

import dev.certtide.model.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where messages go that can never be worked on: to the dead-letter queue at once, with the reason, so that neither the
 * message nor the explanation is lost and the retries are not wasted.
 */
public final class DeadLetters {
    /** SQS message attributes hold a text of any length within the message's 1 MiB; a reason is a sentence. */
    private static final int LONGEST_REASON = 1000;

    /** Up to its end, or to the end of the JSON text that it is in. */
    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[^\"]*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|(?=\")|$)");

    private final Queue queue;
    private final String function;

    /** Dead letters of that function to that queue. */
    public DeadLetters(Queue queue, String function) {
        this.queue = queue;
        this.function = function;
    }

    /**
     * A text that can never be worked on.
     *
     * @param body the text
     * @param reason what is wrong with it
     */
    public record Letter(String body, InvalidInputException reason) {}

    /**
     * Keeps texts with the attributes {@code reason}, {@code field} (if one is to blame) and {@code function}. A private
     * key in one, which somebody took for a certificate, is left out: it is not to lie around for a fortnight.
     */
    public void send(List<Letter> letters) {
        queue.sendSideBySide(letters.stream().map(this::message).toList());
    }

    private Message message(Letter letter) {
        var reason = letter.reason();
        var attributes = new HashMap<>(Map.of("reason", shorten(reason.getMessage()), "function", function));
        if (!reason.field().isEmpty()) {
            attributes.put("field", reason.field());
        }
        return new Message(PRIVATE_KEY.matcher(letter.body()).replaceAll("(a private key, left out)"), attributes);
    }

    private static String shorten(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }
}

package dev.certtide.kit;

import dev.certtide.model.InvalidInputException;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

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

    private final SqsClient sqs;
    private final String queueUrl;
    private final String function;

    /** Dead letters of that function to that queue. */
    public DeadLetters(SqsClient sqs, String queueUrl, String function) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.function = function;
    }

    /**
     * Keeps {@code body} with the attributes {@code reason}, {@code field} (if one is to blame) and {@code function}. A
     * private key in it, which somebody took for a certificate, is left out: it is not to lie around for a fortnight.
     */
    public void send(String body, InvalidInputException reason) {
        var attributes = new java.util.HashMap<String, MessageAttributeValue>(
                Map.of("reason", text(shorten(reason.getMessage())), "function", text(function)));
        if (!reason.field().isEmpty()) {
            attributes.put("field", text(reason.field()));
        }
        var kept = PRIVATE_KEY.matcher(body).replaceAll("(a private key, left out)");
        sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(kept).messageAttributes(attributes));
    }

    private static String shorten(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}

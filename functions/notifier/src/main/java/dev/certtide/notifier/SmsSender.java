package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.event.Notification;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.SnsException;

/** Sends text messages by Amazon SNS (Amazon SNS Developer Guide, "Publishing SMS messages to a mobile phone"). */
final class SmsSender implements Sender<Channel.Sms> {
    /** Optimized for delivery, not for cost (the same page). */
    private static final Map<String, MessageAttributeValue> TRANSACTIONAL = Map.of(
            "AWS.SNS.SMS.SMSType",
            MessageAttributeValue.builder()
                    .dataType("String")
                    .stringValue("Transactional")
                    .build());

    /** Less of a host's name says nothing. */
    private static final int LEAST_HOST = 32;

    private static final String GAP = "...";

    private final Supplier<SnsClient> sns;

    SmsSender(Supplier<SnsClient> sns) {
        this.sns = sns;
    }

    @Override
    public Outcome send(Notice notice, Channel.Sms channel) {
        var text = text(notice);
        try {
            sns.get()
                    .publish(request ->
                            request.phoneNumber(channel.number()).message(text).messageAttributes(TRANSACTIONAL));
            return Outcome.delivered();
        } catch (SnsException refused) {
            return judge(refused);
        } catch (SdkClientException noAnswer) {
            return new Outcome.Temporary("SNS can't be reached");
        }
    }

    /** The line that says it all, and the page to say that somebody is at it, if there are one and the room. */
    static String text(Notice notice) {
        if (notice.notification().kind() == Notification.Kind.TEST) {
            return "Certtide: this is a test. Warnings about certificates will come to this number. Nothing is wrong.";
        }
        var line = line(notice);
        return notice.facts()
                .acknowledge()
                .filter(page -> page.startsWith("https://"))
                .map(page -> line + " " + page)
                .filter(all -> Gsm7.length(all) <= Gsm7.ONE_MESSAGE)
                .orElseGet(() -> Gsm7.oneMessage(line));
    }

    /** Rather a part of the host's name is left out than what is wrong with it. */
    private static String line(Notice notice) {
        var line = "Certtide: " + notice.text().subject();
        var host = notice.notification().target().displayName();
        int tooMany = Gsm7.length(line) - Gsm7.ONE_MESSAGE;
        return tooMany <= 0 ? line : line.replace(host, shortened(host, Math.max(LEAST_HOST, host.length() - tooMany)));
    }

    /** Its beginning, which tells sites of one domain apart, and its end, which has the domain and the port. */
    private static String shortened(String host, int length) {
        if (host.length() <= length) {
            return host;
        }
        int head = (length - GAP.length()) / 3;
        return host.substring(0, head) + GAP + host.substring(host.length() - (length - GAP.length() - head));
    }

    private static Outcome judge(SnsException refused) {
        var code = refused.awsErrorDetails() == null
                ? ""
                : refused.awsErrorDetails().errorCode();
        return switch (code) {
            case "Throttling", "ThrottledException", "Throttled" ->
                new Outcome.Throttled("SNS wants fewer messages", Optional.empty());
            case "InvalidParameter", "InvalidParameterValue", "OptedOut", "ValidationException", "UserError" ->
                new Outcome.Permanent("channel.number", "SNS does not send to this number (" + code + ")");
            // The deployment's own permissions and limits will be mended; the number is fine.
            default -> new Outcome.Temporary("SNS answered " + refused.statusCode() + " " + code);
        };
    }
}

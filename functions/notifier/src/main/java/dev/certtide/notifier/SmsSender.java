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

    /** The line that says it all, and by what to say that somebody is at it if there is room. */
    static String text(Notice notice) {
        var subject = notice.text().subject();
        var all = notice.facts()
                .acknowledge()
                .map(_ -> subject + " (" + notice.notification().incident() + ")")
                .orElse(subject);
        return Gsm7.oneMessage(
                notice.notification().kind() != Notification.Kind.TEST && Gsm7.length(all) <= Gsm7.ONE_MESSAGE
                        ? all
                        : subject);
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

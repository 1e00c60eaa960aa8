package dev.certtide.notifier;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Sends mail by Amazon SES (SES API v2 Reference, "SendEmail"). SES gives each mail an identity of its own, so one that
 * is sent again after a crash can be told by {@code X-Certtide-Id} only.
 */
final class SesMail {
    private static final String UTF_8 = "UTF-8";

    private final Supplier<SesV2Client> ses;

    SesMail(Supplier<SesV2Client> ses) {
        this.ses = ses;
    }

    Outcome send(Mail mail) {
        try {
            ses.get().sendEmail(request(mail));
            return Outcome.delivered();
        } catch (SesV2Exception refused) {
            return judge(refused);
        } catch (SdkClientException noAnswer) {
            return new Outcome.Temporary("SES can't be reached");
        }
    }

    static SendEmailRequest request(Mail mail) {
        var text = mail.notice().text();
        var headers = mail.headers().entrySet().stream()
                .map(header -> header(header.getKey(), header.getValue()))
                .toList();
        var message = Message.builder()
                .subject(content(text.subject()))
                .body(body -> body.text(content(text.body())).html(content(mail.html())))
                .headers(with(header("X-Certtide-Id", mail.messageId()), headers))
                .build();
        return SendEmailRequest.builder()
                .fromEmailAddress(mail.from())
                .destination(to -> to.toAddresses(mail.to()))
                .content(content -> content.simple(message))
                .build();
    }

    private static List<MessageHeader> with(MessageHeader first, List<MessageHeader> others) {
        var all = new java.util.ArrayList<MessageHeader>();
        all.add(first);
        all.addAll(others);
        return all;
    }

    private static MessageHeader header(String name, String value) {
        return MessageHeader.builder().name(name).value(value).build();
    }

    private static Content content(String text) {
        return Content.builder().data(text).charset(UTF_8).build();
    }

    /**
     * What SES says of this mail is final; what it says of the account (paused, unverified domain, no permission) is the
     * deployment's and will be mended. Its texts name addresses and are left out.
     */
    private static Outcome judge(SesV2Exception refused) {
        var code = refused.awsErrorDetails() == null
                ? ""
                : refused.awsErrorDetails().errorCode();
        if (refused.statusCode() == 429 || code.equals("LimitExceededException") || code.equals("Throttling")) {
            return new Outcome.Throttled("SES wants fewer mails", Optional.empty());
        }
        return switch (refused) {
            case MessageRejectedException _
            when isUnverified(refused) ->
                new Outcome.Temporary("SES has not verified an address or its domain (" + code + ")");
            case MessageRejectedException _, BadRequestException _ ->
                new Outcome.Permanent("channel.address", "SES does not take the mail (" + code + ")");
            default -> new Outcome.Temporary("SES answered " + refused.statusCode() + " " + code);
        };
    }

    /** The deployment's sender; while SES is in its sandbox, anybody's address (Amazon SES Developer Guide, "Email sending errors"). */
    private static boolean isUnverified(SesV2Exception refused) {
        return Optional.ofNullable(refused.awsErrorDetails())
                .map(details -> details.errorMessage())
                .filter(text -> text.contains("not verified"))
                .isPresent();
    }
}

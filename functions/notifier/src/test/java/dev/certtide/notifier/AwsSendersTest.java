package dev.certtide.notifier;

import static dev.certtide.notifier.LocalProviders.tree;
import static dev.certtide.notifier.Samples.JANE;
import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.AwsClients;
import dev.certtide.kit.Environment;
import dev.certtide.model.Channel;
import dev.certtide.notifier.LocalProviders.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Mail by SES and text messages by SNS, as their HTTP interfaces have it. */
class AwsSendersTest {
    private static final Channel.Sms TELEPHONE = new Channel.Sms("+4915112345678");
    private static final Reply TAKEN = new Reply(200, "{\"MessageId\":\"m-1\"}");
    private static final Reply PUBLISHED = new Reply(
            200,
            "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>");

    private LocalProviders aws;
    private SesMail ses;
    private SmsSender sms;

    @BeforeEach
    void clients() throws IOException {
        aws = new LocalProviders();
        var clients = new AwsClients(new Environment(Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ENDPOINT_URL", aws.base().toString(),
                "AWS_ACCESS_KEY_ID", "key",
                "AWS_SECRET_ACCESS_KEY", "s3cret")));
        ses = new SesMail(
                () -> clients.configure(SesV2Client.builder(), "SESV2").build());
        sms = new SmsSender(clients::sns);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aMailBySesHasTextAndHtmlAndUnsubscribesWithOneClick() {
        aws.answersNext(TAKEN);
        assertEquals(Outcome.delivered(), ses.send(mail(Optional.of("https://app.example/off"))));
        var request = aws.request();
        assertEquals("POST", request.method());
        assertEquals("/v2/email/outbound-emails", request.path());
        var body = tree(request.body());
        assertEquals("alerts@certtide.example", body.path("FromEmailAddress").asText());
        assertEquals("jane@example.com", body.at("/Destination/ToAddresses/0").asText());
        var message = body.at("/Content/Simple");
        assertTrue(message.at("/Subject/Data").asText().startsWith("Critical: shop.example"), message.toString());
        assertTrue(message.at("/Body/Text/Data").asText().startsWith("shop.example: "), message.toString());
        assertTrue(message.at("/Body/Html/Data").asText().startsWith("<!DOCTYPE html>"), message.toString());
        var headers = message.path("Headers").toString();
        assertTrue(
                headers.contains("{\"Name\":\"List-Unsubscribe\",\"Value\":\"<https://app.example/off>\"}"), headers);
        assertTrue(
                headers.contains("{\"Name\":\"List-Unsubscribe-Post\",\"Value\":\"List-Unsubscribe=One-Click\"}"),
                headers);
        assertTrue(headers.contains("X-Certtide-Id"), headers);
    }

    @Test
    void withoutAPageToUnsubscribeOnNoneIsPromised() {
        aws.answersNext(TAKEN);
        ses.send(mail(Optional.empty()));
        assertFalse(aws.request().body().contains("List-Unsubscribe"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, MessageRejected, Permanent",
        "400, BadRequestException, Permanent",
        "429, TooManyRequestsException, Throttled",
        "400, LimitExceededException, Throttled",
        "400, SendingPausedException, Temporary",
        "400, AccountSuspendedException, Temporary",
        "400, MailFromDomainNotVerifiedException, Temporary",
        "403, AccessDeniedException, Temporary",
    })
    void whatSesSaysOfTheMailIsFinalAndWhatItSaysOfTheAccountIsNot(int status, String code, String outcome) {
        answersAlways(new Reply(
                status, "{\"message\":\"It can't be sent to jane@example.com\"}", Map.of("x-amzn-ErrorType", code)));
        var judged = ses.send(mail(Optional.empty()));
        assertEquals(outcome, judged.getClass().getSimpleName(), judged.toString());
    }

    /** As long as nobody has clicked on SES's link, or SES is in its sandbox: every address would seem to be broken. */
    @Test
    void whatSesHasNotVerifiedIsTheDeploymentsToMend() {
        answersAlways(new Reply(
                400,
                "{\"message\":\"Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: jane@example.com\"}",
                Map.of("x-amzn-ErrorType", "MessageRejected")));
        var judged = assertInstanceOf(Outcome.Temporary.class, ses.send(mail(Optional.empty())));
        assertFalse(judged.reason().contains("jane@"), judged.reason());
    }

    @Test
    void aPageToUnsubscribeOnThatIsTooLongForSesIsLeftOut() {
        aws.answersNext(TAKEN);
        ses.send(mail(Optional.of("https://app.example/" + "o".repeat(849))));
        assertFalse(aws.request().body().contains("List-Unsubscribe"));
        aws.answersNext(TAKEN);
        ses.send(mail(Optional.of("https://app.example/" + "o".repeat(848))));
        assertTrue(aws.request().body().contains("List-Unsubscribe"));
    }

    @Test
    void aTextMessageIsTransactionalAndFitsIntoOne() {
        aws.answersNext(PUBLISHED);
        assertEquals(Outcome.delivered(), sms.send(Samples.notice(notification(TELEPHONE)), TELEPHONE));
        var form = Form.fields(aws.request().body());
        assertEquals("Publish", form.get("Action"));
        assertEquals("+4915112345678", form.get("PhoneNumber"));
        assertEquals("AWS.SNS.SMS.SMSType", form.get("MessageAttributes.entry.1.Name"));
        assertEquals("Transactional", form.get("MessageAttributes.entry.1.Value.StringValue"));
        assertEquals(
                "Certtide: Critical: shop.example: the certificate expired 2 days ago. Act now.", form.get("Message"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidParameter, Permanent",
        "400, OptedOut, Permanent",
        "429, Throttled, Throttled",
        "403, AuthorizationError, Temporary",
        "500, InternalError, Temporary",
    })
    void whatSnsSaysOfTheNumberIsFinal(int status, String code, String outcome) {
        answersAlways(
                new Reply(
                        status,
                        "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type><Code>"
                                + code
                                + "</Code><Message>+4915112345678 s3cret</Message></Error><RequestId>r</RequestId></ErrorResponse>"));
        var judged = sms.send(Samples.notice(notification(TELEPHONE)), TELEPHONE);
        assertEquals(outcome, judged.getClass().getSimpleName(), judged.toString());
        assertFalse(judged.toString().contains("s3cret"), judged.toString());
    }

    @Test
    void whoIsAwayIsTriedAnotherTime() {
        aws.close();
        assertInstanceOf(Outcome.Temporary.class, ses.send(mail(Optional.empty())));
        assertInstanceOf(Outcome.Temporary.class, sms.send(Samples.notice(notification(TELEPHONE)), TELEPHONE));
    }

    /** The SDK itself tries again what may work at once. */
    private void answersAlways(Reply reply) {
        for (int i = 0; i < 10; i++) {
            aws.answersNext(reply);
        }
    }

    private static Mail mail(Optional<String> unsubscription) {
        return new Mail(Samples.notice(notification(JANE)), "alerts@certtide.example", JANE.address(), unsubscription);
    }
}

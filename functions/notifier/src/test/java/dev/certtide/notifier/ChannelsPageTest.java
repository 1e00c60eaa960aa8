package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.JANE;
import static dev.certtide.notifier.Samples.NOW;
import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.certtide.kit.AwsClients;
import dev.certtide.kit.Environment;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.Channel;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.notifier.LocalProviders.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * Holds the requests that {@code docs/channels.md} shows to those that are made. When they are meant to differ, write the
 * page anew: run this test with {@code -Dcerttide.channels.write=true}.
 */
@ExtendWith(Engines.class)
class ChannelsPageTest {
    private static final Path PAGE = Path.of(System.getProperty("certtide.home"), "docs", "channels.md");
    private static final Channel.Sms TELEPHONE = new Channel.Sms("+4915112345678");
    private static final String BEGIN = "<!-- produced: %s -->\n";
    private static final String END = "<!-- end -->";

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private LocalProviders providers;
    private Table config;
    private Senders senders;
    private SesMail ses;
    private SmsSender sms;

    @BeforeEach
    void everything(LocalDynamoDb dynamoDb) throws IOException {
        mail.start();
        providers = new LocalProviders();
        config = dynamoDb.table();
        StoredChannels.store(config, providers.base());
        config.put(Item.of("SECRET##deployment", "SMTP")
                .with("host", "127.0.0.1")
                .with("port", mail.getSmtp().getPort())
                .with("security", "none")
                .with("from", "Certtide <alerts@certtide.example>"));
        senders = StoredChannels.senders(config, providers.base());
        var clients = new AwsClients(new Environment(Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ENDPOINT_URL", providers.base().toString(),
                "AWS_ACCESS_KEY_ID", "key",
                "AWS_SECRET_ACCESS_KEY", "secret")));
        ses = new SesMail(
                () -> clients.configure(SesV2Client.builder(), "SESV2").build());
        sms = new SmsSender(clients::sns);
    }

    @AfterEach
    void stop() {
        mail.stop();
        providers.close();
    }

    @Test
    void thePageShowsTheRequestsThatAreMade() throws Exception {
        var page = Files.readString(PAGE);
        var produced = page;
        for (var example : examples().entrySet()) {
            produced = replaced(produced, example.getKey(), example.getValue());
        }
        if (Boolean.getBoolean("certtide.channels.write")) {
            Files.writeString(PAGE, produced);
            return;
        }
        assertEquals(
                produced,
                page,
                "docs/channels.md shows other requests; write it anew with -Dcerttide.channels.write=true");
        assertFalse(page.contains("s3cret"), "secrets are shown by their names");
    }

    private Map<String, String> examples() throws Exception {
        var examples = new LinkedHashMap<String, String>();
        for (var kind : List.of(Kind.OPENED, Kind.RECOVERED)) {
            var word = " " + kind.word();
            examples.put("smtp" + word, smtp(kind));
            examples.put("ses" + word, ses(kind));
            examples.put("sms" + word, sms(kind));
            for (Channel channel : List.of(
                    new Channel.Webhook(providers.base() + "/hooks/certtide"),
                    StoredChannels.SLACK,
                    StoredChannels.TEAMS,
                    StoredChannels.PAGERDUTY,
                    StoredChannels.TELEGRAM,
                    StoredChannels.MESSENGER)) {
                examples.put(channel.type() + word, http(notification(channel, kind)));
            }
        }
        examples.put("pagerduty acknowledged", http(notification(StoredChannels.PAGERDUTY, Kind.ACKNOWLEDGED)));
        examples.put("smtp channel-broken", smtp(Samples.broken(JANE, StoredChannels.SLACK)));
        examples.put("telegram summary", http(about(StoredChannels.TELEGRAM, Samples.summary())));
        return examples;
    }

    private String http(Notification notification) {
        if (notification.channel() instanceof Channel.Webhook) {
            providers.answersNext(new Reply(204, ""));
        }
        assertEquals(Outcome.delivered(), senders.send(Samples.notice(notification)));
        var request = providers.request();
        return fenced("http", head(request) + "\n" + pretty(request.body()));
    }

    private String sms(Kind kind) {
        providers.answersNext(
                new Reply(
                        200,
                        "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>"));
        sms.send(Samples.notice(notification(TELEPHONE, kind)), TELEPHONE);
        return fenced(
                "text",
                Form.fields(providers.request().body()).entrySet().stream()
                        .map(field -> field.getKey() + " = " + field.getValue())
                        .collect(Collectors.joining("\n")));
    }

    private String ses(Kind kind) {
        providers.answersNext(new Reply(200, "{\"MessageId\":\"m\"}"));
        var links = new Links(
                java.util.Optional.empty(), java.util.Optional.of("https://app.example.org/off?owner={owner}"));
        var notice = Samples.notice(notification(JANE, kind));
        ses.send(new Mail(
                notice,
                "Certtide <alerts@certtide.example>",
                JANE.address(),
                links.unsubscription(notice.notification(), JANE.address())));
        var request = providers.request();
        return fenced("http", "POST " + request.path() + "\n\n" + pretty(request.body()));
    }

    private String smtp(Kind kind) throws Exception {
        return smtp(notification(JANE, kind));
    }

    private String smtp(Notification notification) throws Exception {
        var zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("UTC")); // The date of a mail is that of its sender.
        try {
            mail.purgeEmailFromAllMailboxes();
            senders.send(Samples.notice(notification));
        } finally {
            TimeZone.setDefault(zone);
        }
        var raw = new ByteArrayOutputStream();
        mail.getReceivedMessages()[0].writeTo(raw);
        // What the library and the server make up anew each time.
        return fenced(
                "text",
                raw.toString(StandardCharsets.UTF_8)
                        .replace("\r\n", "\n")
                        .replaceAll("(?s)^Return-Path.*?(?=Date:)", "")
                        .replaceAll("----=_Part_[0-9_.]+", "----=_Part_1"));
    }

    private static String head(LocalProviders.Request request) {
        var names = List.of("Content-Type", "Authorization", "webhook-id", "webhook-timestamp", "webhook-signature");
        return request.method() + " " + hidden(request.path()) + "\n"
                + names.stream()
                        .filter(name -> !request.header(name).isEmpty())
                        .map(name -> name + ": " + hidden(request.header(name)) + "\n")
                        .collect(Collectors.joining());
    }

    private static String pretty(String json) {
        return hidden(LocalProviders.tree(json).toPrettyString());
    }

    private static String hidden(String text) {
        return text.replace(LocalProviders.BOT, "<token>")
                .replace(LocalProviders.PAGE_TOKEN, "<token>")
                .replace(LocalProviders.ROUTING_KEY, "<routing key>")
                .replace(LocalProviders.SLACK_PATH, "/services/<secret>")
                .replace(LocalProviders.TEAMS_PATH, "/workflows/<secret>");
    }

    private static Notification about(Channel channel, Notification sample) {
        return new Notification(
                sample.key(),
                sample.kind(),
                sample.owner(),
                channel,
                sample.target(),
                sample.status(),
                sample.incident(),
                sample.since(),
                NOW,
                sample.findings(),
                sample.leaf(),
                sample.others(),
                sample.omittedOthers(),
                sample.lines(),
                sample.omittedLines(),
                List.of(),
                sample.note());
    }

    private static String fenced(String language, String text) {
        return "```" + language + "\n" + text.strip() + "\n```\n";
    }

    private static String replaced(String page, String name, String text) {
        var begin = BEGIN.formatted(name);
        int from = page.indexOf(begin);
        int to = page.indexOf(END, from);
        if (from < 0 || to < 0) {
            throw new AssertionError("docs/channels.md has no place for \"" + name + "\"");
        }
        return page.substring(0, from + begin.length()) + text + page.substring(to);
    }
}

package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.farm.Issuer;
import dev.certtide.farm.Validity;
import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.UrlEvent;
import dev.certtide.model.policy.Policy;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UrlRowTest {
    private final Imported sheet = new Imported();

    @Test
    void everyColumnComesWithTheEvent() throws IOException {
        sheet.take("""
                URL,Owner,External ID,tags,email,webhook,paused,name,locale,plan,Customer Email
                https://shop.example/login,42,site-7,"shop; eu ;",a@example.com b@example.com,https://example.com/h,,Jane,en,pro,jane@example.com
                """);
        assertEquals(List.of(), sheet.complaints());
        var added = (UrlEvent.Added) sheet.events().getFirst();
        assertEquals(Target.parse("shop.example"), added.target());
        assertEquals(new Owner("42"), added.owner());
        assertEquals(Optional.of("site-7"), added.externalId());
        assertEquals(List.of("shop", "eu"), added.tags());
        assertEquals(
                List.of(
                        new Channel.Email("a@example.com"),
                        new Channel.Email("b@example.com"),
                        new Channel.Webhook("https://example.com/h")),
                added.channels());
        assertEquals(Optional.of("jane@example.com"), added.customer().email());
        assertEquals(Optional.of("Jane"), added.customer().name());
        assertEquals(Optional.of("en"), added.customer().locale());
        assertEquals(Optional.of("pro"), added.customer().plan());
    }

    @Test
    void anExportedWatchIsImportedAsItWas() throws IOException {
        var watch = new Watch(
                Target.parse("smtp://mail.bücher.example"),
                new Owner("jane, \"J\""),
                true,
                Optional.of("=1+1"),
                List.of("a;b", " c", "[d"),
                List.of(
                        new Channel.Webhook("https://example.com/h?a=1;2"),
                        new Channel.Slack("ops"),
                        new Channel.Email("a@example.com"),
                        new Channel.Sms("+4915112345678")),
                Policy.parse("{\"profile\": \"manual\", \"levels\": {\"email\": \"critical\"}}"),
                Imported.NOON);
        sheet.take(exported(watch));
        assertEquals(List.of(), sheet.complaints());
        var added = (UrlEvent.Added) sheet.events().getFirst();
        assertEquals(watch.target(), added.target());
        assertEquals(watch.owner(), added.owner());
        assertEquals(watch.externalId(), added.externalId());
        assertEquals(watch.tags(), added.tags());
        assertEquals(new HashSet<>(watch.channels()), new HashSet<>(added.channels()));
        assertEquals(Optional.of(watch.policy()), added.policy());
        assertEquals(Optional.empty(), added.customer().email(), "whoever is told of trouble is not who signed up");
        assertTrue(sheet.events().getLast() instanceof UrlEvent.Paused);
    }

    @Test
    void aKeyIsImportedWithTheWhiteSpaceThatItHas() throws IOException {
        var watch = new Watch(
                Target.parse("a.example"),
                new Owner(" jane"),
                false,
                Optional.of("42 "),
                List.of(),
                List.of(),
                Imported.NOON);
        sheet.take(exported(watch));
        sheet.take("url,owner,external id\n \"b.example \" , \"jane\" , 42 \n");
        assertEquals(List.of(), sheet.complaints());
        var kept = (UrlEvent.Added) sheet.events().getFirst();
        assertEquals(watch.owner(), kept.owner());
        assertEquals(watch.externalId(), kept.externalId());
        var typed = (UrlEvent.Added) sheet.events().getLast();
        assertEquals(Target.parse("b.example"), typed.target());
        assertEquals(new Owner("jane"), typed.owner());
        assertEquals(Optional.of("42"), typed.externalId());
    }

    @Test
    void theLongestWatchIsImportedAsItWas() throws IOException {
        var webhooks = IntStream.range(0, 10)
                .<Channel>mapToObj(i -> new Channel.Webhook("https://example.com/" + i + "x".repeat(2_000)))
                .toList();
        var roots = PrivateRoots.parse(IntStream.range(0, 10)
                .mapToObj(i -> Issuer.root(
                                "Private CA %d %s".formatted(i, "n".repeat(60)),
                                Validity.withLeft(Imported.NOON, Duration.ofDays(365), Duration.ofDays(365)))
                        .pem())
                .collect(Collectors.joining()));
        var target = Target.parse("wiki.example").trusting(roots.name());
        var watch = new Watch(target, new Owner("jane"), false, Optional.empty(), List.of(), webhooks, Imported.NOON);
        sheet.take(exported(watch, Optional.of(roots)));
        assertEquals(List.of(), sheet.complaints());
        var added = (UrlEvent.Added) sheet.events().getFirst();
        assertEquals(webhooks, added.channels());
        assertEquals(Optional.of(roots), added.privateRoots());
    }

    @Test
    void privateRootsGoInOneLineWithTheWatchAndAreMeantByItsPause() throws IOException {
        var year = Validity.withLeft(Imported.NOON, Duration.ofDays(365), Duration.ofDays(365));
        var roots = PrivateRoots.parse(Issuer.root("Private CA", year).pem());
        var target = Target.parse("wiki.example").trusting(roots.name());
        var watch = new Watch(target, new Owner("jane"), true, Optional.empty(), List.of(), List.of(), Imported.NOON);
        sheet.take(exported(watch, Optional.of(roots)));
        sheet.take(exported(watch, Optional.empty()));
        assertEquals(List.of(), sheet.complaints());

        assertEquals(
                List.of(target, target, target, target),
                sheet.events().stream().map(UrlEvent::target).toList());
        assertEquals(Optional.of(roots), ((UrlEvent.Added) sheet.events().getFirst()).privateRoots());
        assertEquals(Optional.empty(), ((UrlEvent.Added) sheet.events().get(2)).privateRoots(), "they are lost");
        sheet.take("url,private roots\nwiki.example,/etc/ssl/ca.pem\n");
        assertTrue(sheet.complaints().getFirst().startsWith("urls.csv:2: private_roots: is no PEM; "));
    }

    @Test
    void aPolicyThatIsLeftOutChangesNothingAndOneWithAMistakeIsToldWithItsPlace() throws IOException {
        sheet.take("""
                url,policy
                a.example,
                b.example,"{""warning"": ""soon""}"
                c.example,manual
                """);
        assertEquals(List.of("a.example"), sheet.hosts());
        assertEquals(Optional.empty(), ((UrlEvent.Added) sheet.events().getFirst()).policy());
        assertEquals(2, sheet.complaints().size());
        assertTrue(sheet.complaints().getFirst().startsWith("urls.csv:3: policy.warning: must be a share"));
        assertTrue(sheet.complaints().getLast().startsWith("urls.csv:4: policy: is no JSON: "));
    }

    @Test
    void whomToTellIsNotTakenForTheCustomer() throws IOException {
        sheet.take("url,email,webhook\na.example,ops@example.com,\nb.example,,https://example.com/h\n");
        assertEquals(List.of(), sheet.complaints());
        for (var event : sheet.events()) {
            assertEquals(Optional.empty(), ((UrlEvent.Added) event).customer().email());
        }
    }

    @Test
    void aComplaintAboutTheCustomersAddressNamesItsColumn() throws IOException {
        sheet.take("url,customer_email\na.example,nobody\n");
        assertEquals(
                List.of("urls.csv:2: customer_email: is no mail address such as jane@example.com"), sheet.complaints());
    }

    @Test
    void aComplaintAboutAChannelNamesItsColumn() throws IOException {
        sheet.take("""
                url,email,webhook,channels
                a.example,nobody,,
                b.example,,ftp://example.com,
                c.example,,,slack:ops fax:ops
                d.example,,,slack:o#ps
                """);
        assertEquals(
                List.of(
                        "urls.csv:2: email: is no mail address such as jane@example.com",
                        "urls.csv:3: webhook: is no webhook address such as https://example.com/hooks",
                        "urls.csv:4: channels: must be a kind, a colon and where to, such as slack:ops or "
                                + "email:jane@example.com; the kinds are " + String.join(", ", Channel.TYPES),
                        "urls.csv:5: channels: must be 1 to 40 letters, digits, hyphens and underscores, such as ops"),
                sheet.complaints());
    }

    @Test
    void tagsWithLineBreaksLeaveTheRowALineAndAreToldWhenTheyAreImported() throws IOException {
        var watch = new Watch(
                Target.parse("a.example"),
                new Owner("jane"),
                false,
                Optional.empty(),
                List.of("two\nlines"),
                List.of(),
                Imported.NOON);
        var text = exported(watch);
        assertEquals(2, text.lines().count(), text);
        sheet.take(text);
        assertEquals(
                List.of("urls.csv:2: tags: holds a line break or another control character; send it without"),
                sheet.complaints());
    }

    private static String exported(Watch watch) {
        return exported(watch, Optional.empty());
    }

    private static String exported(Watch watch, Optional<PrivateRoots> roots) {
        var text = new StringWriter();
        var csv = ExportCommand.csv(text);
        csv.writeRecord(UrlRow.EXPORTED.stream().map(UrlSheet.Column::title).toList());
        csv.writeRecord(UrlRow.cells(watch, _ -> roots));
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}

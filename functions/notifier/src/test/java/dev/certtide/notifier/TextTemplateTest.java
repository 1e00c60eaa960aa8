package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.JANE;
import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.samskivert.mustache.MustacheException;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Engines.class)
class TextTemplateTest {
    private static final Facts FACTS = Samples.notice(notification(JANE)).facts();

    @Test
    void anOwnersWordsTakeThePlaceOfOurs() {
        var template = new TextTemplate(
                "[{{severity}}] {{host}}",
                "{{problem}}{{#findings}}; {{code}}: {{detail}}{{/findings}}{{^note}}.{{/note}}");
        assertEquals(
                new MessageText(
                        "[critical] shop.example",
                        "the certificate expired 2 days ago; expired: The certificate expired on 19 November 2026. Renew it now.."),
                template.fill(FACTS));
    }

    /** Blanks that could belong to the one or the other part of a tag must not be tried in all ways. */
    @Test
    void aLongTextOfBlanksIsJudgedAtOnce() {
        var blanks = "{{" + " ".repeat(9_000) + "x: {{host}}";
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThrows(InvalidInputException.class, () -> new TextTemplate("x", blanks + "{{detail}}")));
    }

    @Test
    void aVariableThatIsNotKnownIsNamedBesideThoseThatAre() {
        var refusal = assertThrows(InvalidInputException.class, () -> new TextTemplate("x", "{{hots}}"));
        assertEquals("body", refusal.field());
        assertTrue(
                refusal.problem().startsWith("{{hots}} is not known; use acknowledge, act, alert,"), refusal.problem());
        assertTrue(refusal.problem().contains("findings (with code, detail, where), host,"), refusal.problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{host.class}}",
                "{{host.class.name}}",
                "{{#host}}{{class}}{{/host}}",
                "{{.}}",
                "{{this}}",
                "{{getClass}}",
                "{{#findings}}{{-index}}{{/findings}}",
                "{{notification}}",
                "{{secret}}",
                "{{#secrets}}x{{/secrets}}",
                "{{^hidden}}x{{/hidden}}",
                "{{{channel.url}}}",
                "{{&token}}",
                "{{> /etc/passwd}}",
                "{{>other}}",
                "{{=<% %>=}}<%host%>",
                "{{#findings}}",
                "{{/findings}}",
                "{{detail}}",
                "{{{ detail }}} {{&code}}",
                "{{x{{code}}",
                "{{}}",
                "{{ }}",
                "{{#}}{{/}}",
                "{{^findings}}{{code}}{{/findings}}",
                "{{#findings}}x{{/findings}}{{where}}",
                "{{#lines}}{{#note}}{{code}}{{/note}}{{/lines}}",
                "{{host",
                "{{#host}}{{/owner}}",
                "{{#findings}}{{#findings}}{{#findings}}x{{/findings}}{{/findings}}{{/findings}}",
                "{{# findings }}{{# lines }}x{{/ lines }}{{/ findings }}",
                "{{^findings}}{{#lines}}x{{/lines}}{{/findings}}",
                "{{$block}}x{{/block}}",
                "{{<parent}}x{{/parent}}",
                "",
                "  "
            })
    void whatCouldReachAnythingElseOrNeverEndOrIsBrokenIsRefusedWhenItIsStored(String text) {
        assertEquals(
                "body",
                assertThrows(InvalidInputException.class, () -> new TextTemplate("x", text))
                        .field());
        assertEquals(
                "subject",
                assertThrows(InvalidInputException.class, () -> new TextTemplate(text, "x"))
                        .field());
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThrows(InvalidInputException.class, () -> new TextTemplate("x".repeat(301), "x"));
        assertThrows(InvalidInputException.class, () -> new TextTemplate("x", "x".repeat(10_001)));
        assertThrows(InvalidInputException.class, () -> new TextTemplate("two\nlines", "x"));
    }

    @Test
    void whatATemplateGrowsToIsBounded() {
        var findings = Collections.nCopies(
                28, new Finding(FindingCode.EXPIRED, Status.CRITICAL, "It ended. ".repeat(50), List.of()));
        var sample = notification(JANE);
        var notification = new Notification(
                sample.key(),
                sample.kind(),
                sample.owner(),
                JANE,
                sample.target(),
                sample.status(),
                sample.incident(),
                sample.since(),
                sample.at(),
                findings,
                sample.leaf());
        var template = new TextTemplate("x", "{{#findings}}" + "{{detail}}".repeat(900) + "{{/findings}}");
        assertThrows(
                MustacheException.class,
                () -> template.fill(Samples.notice(notification).facts()));
    }

    @Test
    void aSubjectStaysOneLine() {
        var template = new TextTemplate("{{#findings}}{{detail}} {{/findings}}{{host}}", "x");
        assertFalse(template.fill(FACTS).subject().contains("\n"));
    }

    /** Nobody's text is HTML: neither what a template writes nor what a server on the internet calls itself. */
    @Test
    void inHtmlEverythingIsEscapedAlsoWhereATemplateAsksForTheOpposite() {
        var text =
                new TextTemplate("<b>{{{host}}}</b>", "<script>alert(1)</script> {{&issuer}} {{{issuer}}}").fill(FACTS);
        var html = Html.of(new Notice(FACTS.notification(), FACTS, text));
        assertFalse(html.contains("<script>") || html.contains("<b>") || html.contains("Let's"), html);
        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; CN=R11,O=Let&#39;s Encrypt"), html);
    }

    @Test
    void whatIsSaidToBeKnownIsWhatThereIs() {
        var known = new TreeSet<>(TextTemplate.TEXTS);
        known.addAll(TextTemplate.LISTS.keySet());
        assertEquals(known, new TreeSet<>(FACTS.variables().keySet()));
    }

    @ParameterizedTest
    @EnumSource
    void ourOwnTextsAreTemplatesLikeAnybodyElses(Kind kind) {
        var own = DefaultTexts.of(kind);
        assertEquals(own, new TextTemplate(own.subject(), own.body()));
    }

    @ParameterizedTest
    @CsvSource({"jane, opened, true", "joe, opened, false", "jane, recovered, false"})
    void aTemplateIsUsedForItsOwnerAndKind(String owner, String kind, boolean used, LocalDynamoDb dynamoDb) {
        var config = dynamoDb.table();
        config.put(Item.of("OWNER#" + owner, "TEMPLATE#" + kind)
                .with("subject", "mine")
                .with("body", "{{host}}"));
        assertEquals(used, subject(config).equals("mine"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{gone}}", "{{#findings}}", "{{#findings}}{{#findings}}x{{/findings}}{{/findings}}"})
    void aStoredTemplateThatDoesNotWorkAnyMoreGivesWayToOurWords(String body, LocalDynamoDb dynamoDb) {
        var config = dynamoDb.table();
        config.put(
                Item.of("OWNER#jane", "TEMPLATE#opened").with("subject", "mine").with("body", body));
        assertEquals(Samples.notice(notification(JANE)).text().subject(), subject(config));
    }

    private static String subject(Table config) {
        return new Texts(config, new Secrets(config))
                .of(notification(JANE))
                .text()
                .subject();
    }
}

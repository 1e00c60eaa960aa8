package dev.certtide.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.DeadLetterBox.DeadLetter;
import dev.certtide.it.stack.SiteOwner;
import dev.certtide.it.stack.Stack;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** What nobody can use ends where it can be found, with the reason, and nothing else suffers. */
@CerttideStack
class BadInputIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SUBSCRIBERS = List.of("url-registry", "ssl-checker", "new-customers");

    private final Stack stack;

    BadInputIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void badElementsOfABatchAreKeptWithTheirReasonsByEverySubscriberAndTheirMatesAreChecked() {
        var owner = stack.owner();
        var first = stack.expiredSite();
        var last = stack.goodSite();
        var unknownType = new HashMap<>(owner.added("https://example.com"));
        unknownType.put("type", "dev.certtide.url.painted.v1");
        var bad = new ArrayList<Object>(List.of(unknownType, 42, Map.of("url", 7, "owner", owner.id())));
        for (var url : List.of(
                "",
                "http://example.com",
                "gopher://example.com",
                "https://user:secret@example.com",
                "https://example.com:0",
                "https://example.com:99999",
                "https://exa mple.com",
                "https://" + "a".repeat(10_000) + ".com")) {
            bad.add(owner.added(url));
        }
        var all = new ArrayList<Object>(List.of(owner.added(first.url())));
        all.addAll(bad);
        all.add(owner.added(last.url()));
        stack.publish(SiteOwner.json(all));

        for (var subscriber : SUBSCRIBERS) {
            var letters = await("dead letters of " + subscriber)
                    .atMost(PATIENCE)
                    .until(() -> mine(subscriber, owner), found -> found.size() >= bad.size() - 1);
            assertEquals(
                    IntStream.rangeClosed(1, bad.size())
                            .filter(i -> i != 2)
                            .mapToObj(BadInputIT::field)
                            .sorted()
                            .toList(),
                    letters.stream().map(DeadLetter::field).sorted().toList());
            assertTrue(letters.stream().allMatch(letter -> letter.function().equals("certtide-local-" + subscriber)));
            assertTrue(
                    letters.stream().allMatch(letter -> letter.reason().startsWith(letter.field() + ": ")),
                    letters.toString());
        }
        await().atMost(PATIENCE)
                .until(() -> stack.latest(first.target()).isPresent()
                        && stack.latest(last.target()).isPresent());
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 1);
        stack.queues().awaitIdle(PATIENCE);
        assertEquals(
                List.of(first.target().id()),
                owner.calls().stream().map(call -> call.target()).toList());
    }

    /** Element 1 has an unknown type, 3 is a bare object, all others are events. */
    private static String field(int index) {
        return "[" + index + "]" + (index == 1 ? ".type" : index == 3 ? ".url" : ".data.url");
    }

    private List<DeadLetter> mine(String subscriber, SiteOwner owner) {
        return stack.deadLetters(subscriber).with("\"" + owner.id() + "\"");
    }

    @Test
    void aMessageThatIsNoJsonIsKeptAndItsBatchMatesAreChecked() {
        var owner = stack.owner();
        var sites = List.of(stack.goodSite(), stack.goodSite());
        var marker = UUID.randomUUID().toString();
        var poison = "{\"url\": \"https://" + marker;
        stack.sns().publishBatch(request -> request.topicArn(stack.output("NewUrlTopicArn"))
                .publishBatchRequestEntries(
                        entry("1", SiteOwner.json(owner.added(sites.get(0).url()))),
                        entry("2", poison),
                        entry("3", SiteOwner.json(owner.bare(sites.get(1).url()))),
                        entry("4", "[]"),
                        entry("5", "null")));

        for (var subscriber : SUBSCRIBERS) {
            var letters = await().atMost(PATIENCE)
                    .until(() -> stack.deadLetters(subscriber).with(marker), found -> !found.isEmpty());
            assertEquals(List.of(poison), letters.stream().map(DeadLetter::body).toList());
            assertEquals("certtide-local-" + subscriber, letters.getFirst().function());
            assertTrue(
                    letters.getFirst().reason().contains("JSON"),
                    letters.getFirst().reason());
        }
        await().atMost(PATIENCE).until(() -> sites.stream()
                .allMatch(site -> stack.latest(site.target()).isPresent()));
    }

    private static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }

    @Test
    void aMessageOf300KilobytesIsRefusedWhenItIsPublished() {
        var message = SiteOwner.json(Map.of("url", "https://example.com", "padding", "x".repeat(300_000)));
        assertThrows(InvalidParameterException.class, () -> stack.publish(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1",
                "https://[fd00:ec2::254]",
                "https://0.0.0.0"
            })
    void anAddressThatNobodyMayVisitIsAResultAndNotAnAccident(String url) {
        var owner = stack.owner();
        stack.publish(SiteOwner.json(owner.added(url)));
        expectBlocked(Target.parse(url));
        stack.queues().awaitIdle(PATIENCE);
        assertEquals(List.of(), mine("ssl-checker", owner));
    }

    @Test
    void aNameOfAnAddressThatNobodyMayVisitIsBlockedToo() {
        stack.name("metadata.certtide.test", "169.254.169.254");
        stack.publish(SiteOwner.json(stack.owner().bare("https://metadata.certtide.test")));
        expectBlocked(Target.parse("metadata.certtide.test"));
    }

    private void expectBlocked(Target target) {
        var result = await().atMost(PATIENCE)
                .until(() -> stack.latest(target), Optional::isPresent)
                .orElseThrow();
        assertEquals(List.of(FindingCode.ADDRESS_BLOCKED), result.verdict().codes());
    }

    @Test
    void aHomographIsAHostOfItsOwnAndKeptByItsALabel() {
        // The first letter is Cyrillic.
        var name = "\u0430pple.certtide.test";
        var target = Target.parse(name);
        assertEquals("xn--pple-43d.certtide.test", target.host());
        var site = stack.serve(target.host(), stack.farm().issue(target.host(), Duration.ofDays(60)));
        stack.publish(SiteOwner.json(
                stack.owner().bare("https://" + name + ":" + site.server().port())));
        var result = await().atMost(PATIENCE)
                .until(() -> stack.latest(site.target()), Optional::isPresent)
                .orElseThrow();
        assertEquals(Status.OK, result.status(), () -> result.findings().toString());
    }

    @Test
    void aHostWithAnUnderscoreIsVisited() {
        var name = "_under_score.certtide.test";
        var site = stack.serve(name, stack.farm().issue(name, Duration.ofDays(60)));
        stack.publish(SiteOwner.json(stack.owner().bare(site.url())));
        await().atMost(PATIENCE).until(() -> stack.latest(site.target()).isPresent());
        // Not that all is well: the server is Java's, which refuses such names in the handshake. It is asked again with
        // the hello of old then, and, where BoringSSL had the first word, with the JDK's of today.
        var hasBoringSsl = System.getProperty("os.name").equals("Linux");
        assertEquals(hasBoringSsl ? 3 : 2, site.server().accepted());
    }
}

package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.SHOP;
import static dev.certtide.failures.Samples.minute;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Item;
import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.Watch;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an owner reads, one message after the other. */
class TellingTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final DeployedFailures failures = new DeployedFailures();

    @Test
    void theFirstMessageSaysWhatIsWrongThoughASummaryWasToSayItLater() {
        failures.policy(JANE, Policies.digest("08:00", Status.WARNING));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.WARNING, 1));
        failures.result(result(Status.CRITICAL, 2));
        assertEquals(List.of("opened:critical shop.example"), failures.told());
        failures.pass(DAY.multipliedBy(2));
        assertEquals(List.of(), failures.told(), "nor does the summary say it again");
    }

    @Test
    void whatWasClosedByHandIsToldWithWhatTheLastCheckFound() {
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.CRITICAL, 1));
        failures.pass(Duration.ofMinutes(5));
        failures.answer(
                failures.incidents().find(JANE, Cause.of(SHOP).id()).orElseThrow(), Incident.Answer.Kind.RESOLVED);
        var closed = failures.notifications().getLast();
        assertEquals(Kind.RECOVERED, closed.kind());
        assertEquals(result(Status.CRITICAL, 1).findings(), closed.findings());

        failures.pass(DAY);
        failures.result(result(Status.CRITICAL, 24 * 60 + 5));
        assertEquals(List.of("opened:critical shop.example"), failures.told());
        failures.result(result(Status.OK, 24 * 60 + 6));
        assertEquals(List.of(), failures.notifications().getLast().findings(), "it was seen to be over");
    }

    @Test
    void whatWasOverBeforeTheNextTroubleWasToldIsNotInTheSummaryAfterIt() {
        failures.policy(JANE, Policies.digest("08:00", Status.WARNING));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.WARNING, 1));
        failures.result(result(Status.OK, 2));
        failures.result(result(Status.CRITICAL, 120));
        failures.result(result(Status.OK, 125));
        assertEquals(List.of("opened:critical shop.example", "recovered:ok shop.example"), failures.told());
        failures.pass(DAY.multipliedBy(2));
        assertEquals(List.of(), failures.told());
    }

    @Test
    void afterTheSummaryItHasChanged() {
        failures.policy(JANE, Policies.digest("08:00", Status.WARNING));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.WARNING, 1));
        failures.pass(DAY);
        assertEquals(List.of("summary:warning shop.example"), failures.told());
        failures.result(result(Status.CRITICAL, 24 * 60));
        assertEquals(List.of("changed:critical shop.example"), failures.told());
    }

    @Test
    void theFirstLineOfASummaryIsTheBeginningWhateverHappenedUntilThen() {
        failures.policy(JANE, Policies.digest("08:00", Status.CRITICAL).over(Policies.reminders("12h")));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.WARNING, 1));
        failures.result(result(Status.CRITICAL, 2));
        failures.pass(DAY);
        var lines = failures.notifications().getFirst().lines();
        assertEquals(
                List.of(Kind.OPENED),
                lines.stream().map(Notification.Line::kind).toList());
        assertEquals(Status.CRITICAL, lines.getFirst().status());
    }

    @Test
    void theEndIsNotToldBeforeTheSummaryThatIsToTellTheBeginning() {
        for (var target : DeployedFailures.targets(11)) {
            failures.watch(ofOne(target));
            failures.result(of(target, result(Status.CRITICAL, 1)));
        }
        assertEquals(10, failures.told().size());
        failures.result(of(DeployedFailures.targets(11).getLast(), result(Status.OK, 2)));
        assertEquals(List.of(), failures.told());

        failures.pass(Duration.ofMinutes(15));

        var told = failures.notifications();
        assertEquals(
                List.of("recovered host0010.example"),
                told.stream()
                        .flatMap(summary -> summary.lines().stream())
                        .map(line -> line.kind().word() + " " + line.target().host())
                        .toList());
    }

    @Test
    void aSummaryDoesNotSayThatAllIsWellOfWhatBeganAgain() {
        failures.policy(JANE, Policies.digest("08:00", Status.WARNING));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.WARNING, 1));
        failures.pass(DAY);
        assertEquals(List.of("summary:warning"), kinds());
        failures.result(result(Status.OK, 24 * 60));
        failures.pass(Duration.ofHours(2));
        failures.result(result(Status.CRITICAL, 26 * 60));
        assertEquals(List.of("opened:critical"), kinds());
        failures.pass(DAY);
        assertEquals(List.of(), kinds());
    }

    /** It is decided after the summary's time and before it is told, so it goes into the next one. */
    @Test
    void aSummaryThatFollowsAnotherSaysWhatHasChanged() {
        failures.policy(JANE, Policies.digest("08:00", Status.CRITICAL));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.WARNING, 0));
        failures.pass(Duration.ofHours(18).plusMinutes(1));
        failures.result(result(Status.CRITICAL, 18 * 60));
        failures.pass(DAY.multipliedBy(2));
        assertEquals(
                List.of(Kind.OPENED, Kind.CHANGED),
                failures.notifications().stream()
                        .flatMap(summary -> summary.lines().stream())
                        .map(Notification.Line::kind)
                        .toList());
    }

    /** Ten minutes by the clock are not ten minutes: twice as much came at their boundary. */
    @Test
    void inNoTenMinutesAreMoreMessagesThanThereMayBe() {
        var targets = DeployedFailures.targets(40);
        failures.pass(Duration.ofMinutes(9));
        targets.subList(0, 10).forEach(this::fail);
        failures.pass(Duration.ofMinutes(2));
        targets.subList(10, 20).forEach(this::fail);
        assertEquals(10, failures.told().size());
        failures.pass(Duration.ofMinutes(7).plusSeconds(1));
        fail(targets.get(20));
        assertEquals(0, failures.told().size(), "nothing is told while so much is there to tell");
        failures.pass(Duration.ofMinutes(4));
        fail(targets.get(21));
        assertEquals(List.of("summary:critical", "opened:critical"), kinds());
    }

    @Test
    void aSecondCauseOfATargetBeganWhenItDid() {
        failures.watch(watch(JANE, MAIL));
        failures.result(with(FindingCode.WEAK_CIPHER, minute(1).getEpochSecond()));
        failures.pass(Duration.ofHours(3));
        failures.result(with(FindingCode.INTERMEDIATE_EXPIRING, minute(180).getEpochSecond(), FindingCode.WEAK_CIPHER));
        assertEquals(
                List.of(minute(1), minute(180)),
                failures.notifications().stream().map(Notification::since).toList());
    }

    /** What an owner wants to hear nothing of does not make trouble older. */
    @Test
    void whatIsPassedOverIsNoBeginning() {
        failures.policy(
                JANE,
                Policies.with(
                        dev.certtide.model.policy.Policy.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(FindingCode.WEAK_CIPHER)));
        failures.watch(watch(JANE, MAIL));
        failures.result(with(FindingCode.WEAK_CIPHER, minute(1).getEpochSecond()));
        failures.result(with(FindingCode.REVOKED, minute(60).getEpochSecond(), FindingCode.WEAK_CIPHER));
        assertEquals(
                List.of(minute(60)),
                failures.notifications().stream().map(Notification::since).toList());
    }

    @Test
    void whoHearsOfARiseIsNotToldByEscalationAtTheSameTime() {
        failures.policy(JANE, Policies.escalation("4h", MAIL).over(Policies.reminders("4h")));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.WARNING, 1));
        failures.pass(Duration.ofHours(5));
        assertEquals(List.of("opened:warning", "escalated:warning"), kinds());
        failures.result(result(Status.CRITICAL, 300));
        assertEquals(List.of("changed:critical"), kinds());
    }

    /** The addresses of webhooks may be longer than what fits into a key. */
    @Test
    void aBrokenWebhookWithALongAddressIsNotUsed() {
        var hook = new Channel.Webhook("https://example.com/" + "hook".repeat(100));
        failures.watch(watch(JANE, MAIL, hook));
        failures.results()
                .put(Item.of("OWNER#jane", "BROKEN#" + hook.key())
                        .with("reason", "410")
                        .with("at", Samples.START.toString())
                        .with("expiresAt", Samples.START.plus(DAY).getEpochSecond()));
        failures.result(result(Status.CRITICAL, 1));
        assertEquals(
                List.of(MAIL),
                failures.notifications().stream().map(Notification::channel).toList());
    }

    @Test
    void whoIsToldOfTroubleIsToldOfItsEndThoughTheChannelWasBrokenThen() {
        failures.watch(watch(JANE, MAIL, HOOK));
        failures.result(result(Status.CRITICAL, 1));
        assertEquals(2, failures.told().size());
        failures.results()
                .put(Item.of("OWNER#jane", "BROKEN#" + HOOK.key())
                        .with("reason", "410")
                        .with("at", Samples.START.toString())
                        .with(
                                "expiresAt",
                                Samples.START.plus(Duration.ofHours(6)).getEpochSecond()));
        failures.result(result(Status.OK, 2));
        assertEquals(List.of("recovered:ok"), kinds());
        failures.pass(Duration.ofHours(7));
        var late = failures.notifications();
        assertEquals(
                List.of(Kind.RECOVERED), late.stream().map(Notification::kind).toList());
        assertEquals(HOOK, late.getFirst().channel());
    }

    private void fail(Target target) {
        failures.watch(ofOne(target));
        failures.result(of(target, result(Status.CRITICAL, 1)));
    }

    private List<String> kinds() {
        return failures.told().stream()
                .map(told -> told.substring(0, told.indexOf(' ')))
                .toList();
    }

    private static Watch ofOne(Target target) {
        return new Watch(target, JANE, false, Optional.empty(), List.of(), List.of(MAIL), Samples.START);
    }

    private static CheckResult of(Target target, CheckResult sample) {
        return new CheckResult(target, sample.checkedAt(), sample.verdict(), sample.addresses());
    }

    private static CheckResult with(FindingCode code, long at, FindingCode... more) {
        var findings = Stream.concat(Stream.of(code), Stream.of(more))
                .map(one -> new Finding(one, Status.WARNING, "It is so.", List.of()))
                .toList();
        var address = Sights.address(Samples.leaf(Duration.ofDays(80)), Samples.leaf(Duration.ofDays(9)));
        return new CheckResult(
                SHOP, java.time.Instant.ofEpochSecond(at), new Verdict(Status.WARNING, findings), List.of(address));
    }
}

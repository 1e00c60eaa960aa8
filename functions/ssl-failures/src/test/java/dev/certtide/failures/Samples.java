package dev.certtide.failures;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Owner;
import dev.certtide.model.Sights;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.Watch;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.incident.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Results and watches of one target, with what matters to an incident. */
final class Samples {
    static final Target SHOP = Target.parse("shop.example");
    static final Instant START = Instant.parse("2026-11-21T13:00:00Z");
    static final Channel MAIL = new Channel.Email("jane@example.com");
    static final Channel HOOK = new Channel.Webhook("https://example.com/hook");
    static final Channel PAGER = new Channel.PagerDuty("on-call");
    static final Owner JANE = new Owner("jane");
    static final Owner JOE = new Owner("joe");

    /** Between two tries. */
    static final Duration PAUSE = Duration.ofMinutes(2);

    private Samples() {}

    static Instant minute(int minutes) {
        return START.plusSeconds(60L * minutes);
    }

    static CheckResult result(Status status, int minute) {
        var findings = status == Status.OK
                ? List.<Finding>of()
                : List.of(new Finding(FindingCode.EXPIRING, status, "It ends; renew it.", List.of()));
        // What is left of it is a fifth for a warning, a twentieth for what is critical, and most of it when all is
        // well.
        var left = Duration.ofDays(
                switch (status) {
                    case OK -> 80;
                    case WARNING -> 18;
                    case CRITICAL, UNREACHABLE -> 4;
                });
        var leaf = leaf(START.plus(left).minus(Duration.ofDays(90)), START.plus(left), "%064d".formatted(minute));
        var address = new AddressReport(
                "192.0.2.1:443",
                "handshake-complete",
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.empty(),
                status == Status.UNREACHABLE ? List.of() : List.of(leaf),
                5);
        return new CheckResult(SHOP, minute(minute), new Verdict(status, findings), List.of(address));
    }

    /** As the checker tells results. */
    static String message(CheckResult... results) {
        return CloudEvent.writeBatch(
                CheckResult.class,
                Arrays.stream(results)
                        .map(result -> CloudEvent.of(
                                EventType.SSL_CHECKED,
                                result.checkedAt().toString(),
                                "ssl-checker",
                                result.target().id(),
                                result.checkedAt(),
                                Optional.empty(),
                                result))
                        .toList());
    }

    static Watch watch(Owner owner, Channel... channels) {
        return new Watch(SHOP, owner, false, Optional.empty(), List.of(), List.of(channels), START);
    }

    static Watch paused(Watch watch) {
        return new Watch(
                watch.target(),
                watch.owner(),
                true,
                watch.externalId(),
                watch.tags(),
                watch.channels(),
                watch.policy(),
                watch.addedAt());
    }

    /** How the target stands after these statuses, one a minute. */
    static Optional<Standing> standingAfter(Status... statuses) {
        Optional<Standing> standing = Optional.empty();
        for (int i = 0; i < statuses.length; i++) {
            var before = standing;
            standing = StandingSteps.next(before, result(statuses[i], i), PAUSE).or(() -> before);
        }
        return standing;
    }

    /** A certificate of 90 days that ends so long after {@link #START}. */
    static CertificateReport leaf(Duration left) {
        return leaf(START.plus(left).minus(Duration.ofDays(90)), START.plus(left), "ab".repeat(32));
    }

    private static CertificateReport leaf(Instant notBefore, Instant notAfter, String sha256) {
        return Sights.leaf("shop.example", notBefore, notAfter, sha256);
    }
}

package dev.certtide.failures;

import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One intermediate certificate behind many hosts. */
class SharedTroubleTest {
    private final DeployedFailures failures = new DeployedFailures();
    private final CertificateReport intermediate = Samples.leaf(Duration.ofDays(9));

    @Test
    void isToldOnceForAllHostsAndItsEndAfterTheLast() {
        var targets = DeployedFailures.targets(500);
        targets.forEach(target -> failures.watch(watch(target)));
        for (var target : targets) {
            failures.result(result(target, 1, true));
        }
        assertEquals(List.of("opened:warning host0000.example"), failures.told());

        for (var target : targets.subList(0, 499)) {
            failures.result(result(target, 2, false));
        }
        assertEquals(List.of(), failures.told());
        failures.result(result(targets.getLast(), 2, false));
        assertEquals(List.of("recovered:ok host0000.example"), failures.told());
        assertEquals(List.of(), failures.incidents().open(JANE));
    }

    @Test
    void namesTheOtherHostsAsFarAsThereIsRoom() {
        failures.policy(JANE, Policies.quietHours("13:00", "15:00", Optional.empty()));
        var targets = DeployedFailures.targets(30);
        targets.forEach(target -> failures.watch(watch(target)));
        targets.forEach(target -> failures.result(result(target, 1, true)));
        assertEquals(List.of(), failures.told());

        failures.pass(Duration.ofHours(2));

        var told = failures.notifications();
        assertEquals(1, told.size());
        assertEquals(20, told.getFirst().others().size());
        assertEquals(9, told.getFirst().omittedOthers());
    }

    @Test
    void aHostThatIsTakenOffTheListTakesItsPartWithIt() {
        var target = DeployedFailures.targets(1).getFirst();
        failures.watch(watch(target));
        failures.result(result(target, 1, true));
        failures.told();

        failures.watch(watch(target).withPaused(true));

        assertEquals(List.of(), failures.incidents().open(JANE));
        assertEquals(List.of(), failures.told(), "it is not over");
    }

    private static Watch watch(Target target) {
        return new Watch(target, JANE, false, Optional.empty(), List.of(), List.of(MAIL), Samples.START);
    }

    private CheckResult result(Target target, int minute, boolean isEnding) {
        var findings = isEnding
                ? List.of(new Finding(FindingCode.INTERMEDIATE_EXPIRING, Status.WARNING, "It ends.", List.of()))
                : List.<Finding>of();
        var address = new AddressReport(
                "192.0.2.1:443",
                "handshake-complete",
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.empty(),
                List.of(Samples.leaf(Duration.ofDays(80)), intermediate),
                5);
        return new CheckResult(
                target,
                Samples.minute(minute),
                new Verdict(isEnding ? Status.WARNING : Status.OK, findings),
                List.of(address));
    }
}

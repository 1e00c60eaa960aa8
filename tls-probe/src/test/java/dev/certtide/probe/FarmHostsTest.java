package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.certtide.farm.FarmHost;
import dev.certtide.farm.HostKind;
import dev.certtide.model.AddressReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of host, by real handshakes. */
class FarmHostsTest extends FarmChecks {
    @ParameterizedTest
    @EnumSource(HostKind.class)
    void everyKindOfHostGetsExactlyItsCode(HostKind kind) throws Exception {
        FarmHost host = farm.host(kind);

        Duration deadline = Duration.ofSeconds(kind.outlastsTheDeadline() ? 1 : 10);

        CheckResult result = farmChecker().deadline(deadline).build().check(target(host), NOW);

        assertEquals(host.expectedStatus(), result.status().word());
        assertEquals(
                host.expectedCodes(),
                result.verdict().codes().stream().map(FindingCode::code).toList());
        assertEquals(NOW.instant(), result.checkedAt());
        assertEquals(kind.isFleet() ? 2 : 1, result.addresses().size());
    }

    @ParameterizedTest
    @EnumSource(
            value = HostKind.class,
            names = {
                "GOOD",
                "EXPIRING",
                "EXPIRED",
                "NOT_YET_VALID",
                "WRONG_HOST",
                "SELF_SIGNED",
                "UNTRUSTED_ROOT",
                "INCOMPLETE_CHAIN"
            })
    void aBadCertificateIsNeverAMissingOne(HostKind kind) throws Exception {
        AddressReport address = farmChecker()
                .build()
                .check(target(farm.host(kind)), NOW)
                .addresses()
                .getFirst();

        assertFalse(address.chain().isEmpty());
        assertEquals("handshake-complete", address.ending());
        assertEquals("TLSv1.3", address.protocol().orElseThrow());
    }

    @Test
    void theReportTellsWhatTheCertificateSays() throws Exception {
        CheckResult result = farmChecker().build().check(target(farm.host(HostKind.GOOD)), NOW);

        var leaf = result.leaf().orElseThrow();
        assertEquals(List.of("good.certtide.test"), leaf.names());
        assertEquals("EC P-256", leaf.keyAlgorithm());
        assertEquals("SHA256withECDSA", leaf.signatureAlgorithm());
        assertEquals(NOW.instant().plus(Duration.ofDays(60)), leaf.notAfter());
        assertEquals(64, leaf.sha256().length());
        assertEquals(2, result.addresses().getFirst().chain().size());
    }

    @Test
    void manyChecksInFlightDoNotDisturbEachOther() throws Exception {
        TlsChecker checker = farmChecker().deadline(Duration.ofMinutes(1)).build();
        List<HostKind> kinds = Stream.of(HostKind.values())
                .filter(kind -> !kind.outlastsTheDeadline())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<CheckResult>> checks = IntStream.range(0, 3 * kinds.size())
                    .<Callable<CheckResult>>mapToObj(
                            i -> () -> checker.check(target(farm.host(kinds.get(i % kinds.size()))), NOW))
                    .toList();
            List<Future<CheckResult>> results = threads.invokeAll(checks);

            for (int i = 0; i < results.size(); i++) {
                HostKind kind = kinds.get(i % kinds.size());
                assertEquals(
                        kind.expectedStatus(), results.get(i).get().status().word(), kind::name);
            }
        }
    }
}

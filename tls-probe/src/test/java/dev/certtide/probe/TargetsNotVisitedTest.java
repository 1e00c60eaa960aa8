package dev.certtide.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Protocol;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.probe.visit.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that no connection is made to, and what is said about them. */
class TargetsNotVisitedTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

    @Test
    void aNameWithoutAddressIsADnsFailure() {
        Resolver empty = name -> {
            throw new UnknownHostException(name + ": Name or service not known");
        };

        CheckResult result = local().resolver(empty).build().check(Target.parse("https://nowhere.test"), NOW);

        assertEquals(List.of(FindingCode.DNS_FAILURE), result.verdict().codes());
        assertEquals(Status.UNREACHABLE, result.status());
        assertEquals(
                "The name nowhere.test could not be resolved: Name or service not known. Check that the domain is still registered, and its A and AAAA records.",
                result.verdict().findings().getFirst().detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2852039166", "0x7f.1", "127.1", "0177.0.0.1"})
    void whatOnlyLooksLikeAnAddressIsNeverResolved(String host) {
        Resolver none = name -> {
            throw new AssertionError("asked for " + name);
        };

        CheckResult result = local().resolver(none).build().check(new Target(Protocol.HTTPS, host, 443), NOW);

        assertEquals(List.of(FindingCode.DNS_FAILURE), result.verdict().codes());
    }

    @Test
    void oneBadAddressAmongGoodOnesBlocksTheWholeHost() {
        Resolver rebinding = name -> List.of(ip("127.0.0.1"), ip("169.254.169.254"));

        CheckResult result = local().resolver(rebinding).build().check(Target.parse("https://rebinding.test"), NOW);

        assertEquals(List.of(FindingCode.ADDRESS_BLOCKED), result.verdict().codes());
        assertEquals(Status.UNREACHABLE, result.status());
        assertTrue(result.addresses().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1",
                "https://[::1]",
                "https://[::ffff:10.0.0.1]",
                "https://169.254.169.254",
                "https://8.8.8.8:22"
            })
    void withoutAnExceptionNothingPrivateIsVisited(String url) {
        CheckResult result = TlsChecker.builder().build().check(Target.parse(url), NOW);

        assertEquals(List.of(FindingCode.ADDRESS_BLOCKED), result.verdict().codes());
    }

    @Test
    void theGuardIsAskedAboutAnOverriddenAddressToo() {
        CheckResult result = TlsChecker.builder()
                .connectTo(new InetSocketAddress(ip("127.0.0.1"), 443))
                .build()
                .check(Target.parse("https://example.com"), NOW);

        assertEquals(List.of(FindingCode.ADDRESS_BLOCKED), result.verdict().codes());
    }

    private static TlsChecker.Builder local() {
        return TlsChecker.builder().guard(AddressGuard.strict().allowingNetworks("127.0.0.0/8"));
    }

    private static InetAddress ip(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}

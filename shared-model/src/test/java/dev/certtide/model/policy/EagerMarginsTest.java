package dev.certtide.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EagerMarginsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    /** Policies, and what the schedule carries of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                       | []
            {"profile": "automatic", "quietHours": [], "levels": {}} | []
            {"warning": "25%, at most 30d", "critical": "10%, at most 7d"} | []
            {"profile": "manual"}                                    | ["50%, at most 45d","20%, at most 14d"]
            {"profile": "manual"};{"profile": "manual"};{}           | ["50%, at most 45d","20%, at most 14d"]
            {"warning": "60d", "critical": "30d"};{"critical": "40%"}| ["60d","40%","30d"]
            {"warning": "60d", "critical": "30d", "ignore": ["expiring"]} | []
            """)
    void theScheduleCarriesWhatIsNotAsEverybodyHasIt(String policies, String eager) {
        var margins = EagerMargins.of(
                Arrays.stream(policies.split(";")).map(Policy::parse).toList());

        assertEquals(eager, Json.write(margins));
        assertEquals(margins, Json.read(EagerMargins.class, Json.write(margins)));
    }

    /** Days that are left of 90, of the check before and now. */
    @ParameterizedTest
    @CsvSource({
        "50, 46, false, false",
        "46, 45, true, true",
        "45, 44, true, false",
        "19, 18, true, true",
        "15, 14, true, false",
        "18, 17, true, false",
        "50, 10, true, true",
    })
    void aCertificateComesToOneMarginAfterTheOther(int before, int now, boolean reached, boolean reachedSince) {
        var margins = EagerMargins.of(List.of(Policy.parse("{\"profile\": \"manual\", \"critical\": \"20%\"}")));

        assertEquals(reached, margins.areReached(result(90, now)));
        assertEquals(reachedSince, margins.areReachedSince(result(90, before).checkedAt(), result(90, now)));
    }

    @Test
    void ofManyAddressesTheLeafThatEndsFirstCounts() {
        var margins = EagerMargins.of(List.of(Policy.parse("{\"warning\": \"45d\"}")));
        var soon = result(90, 40);
        var both = new CheckResult(
                soon.target(),
                soon.checkedAt(),
                new Verdict(Status.OK, List.of()),
                Stream.concat(Stream.of(address(leaf(BEGIN.plus(Duration.ofDays(400))))), soon.addresses().stream())
                        .toList());

        assertTrue(margins.areReached(both));
        assertEquals(false, EagerMargins.NONE.areReached(both));
    }

    @Property
    void howeverManyWatchWhatIsKeptIsFewAndReachedWheneverOneOfThemIs(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 299) Integer> seeds,
            @ForAll @IntRange(min = 1, max = 398) int lifetime,
            @ForAll @IntRange(max = 500) int left) {
        var policies = seeds.stream().map(EagerMarginsTest::policy).toList();
        var margins = EagerMargins.of(policies);
        var result = result(lifetime, Math.min(left, lifetime));
        var isEager = policies.stream()
                .filter(policy -> policy.level(result.newestLeaf().orElseThrow(), result.checkedAt()) != Status.OK)
                .anyMatch(policy ->
                        Policy.NONE.level(result.newestLeaf().orElseThrow(), result.checkedAt()) == Status.OK);

        assertTrue(margins.margins().size() <= EagerMargins.MOST);
        assertTrue(!isEager || margins.areReached(result), () -> policies + " " + margins);
    }

    @Test
    void theSmallestScheduleIsOfAFewHundredCharacters() {
        var many = EagerMargins.of(
                IntStream.range(0, 300).mapToObj(EagerMarginsTest::policy).toList());

        assertTrue(Json.write(many).length() < 200, Json.write(many));
        assertThrows(InvalidInputException.class, () -> Json.read(EagerMargins.class, "[\"x\"]"));
        assertThrows(InvalidInputException.class, () -> Json.read(EagerMargins.class, "{}"));
    }

    private static Policy policy(int seed) {
        int number = seed / 3 + 1;
        return Policy.parse(
                switch (seed % 3) {
                    case 0 -> "{\"warning\": \"" + number + "%\"}";
                    case 1 -> "{\"warning\": \"" + number + "d\"}";
                    default -> "{\"warning\": \"" + number + "%, at most " + (101 - number) + "d\"}";
                });
    }

    private static CheckResult result(int lifetimeDays, int daysLeft) {
        var notAfter = BEGIN.plus(Duration.ofDays(lifetimeDays)).minusSeconds(1);
        return new CheckResult(
                Target.parse("shop.example"),
                notAfter.minus(Duration.ofDays(daysLeft)),
                new Verdict(Status.OK, List.of()),
                List.of(address(leaf(notAfter))));
    }

    private static AddressReport address(CertificateReport leaf) {
        return new AddressReport(
                "192.0.2.1:443",
                "handshake-complete",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(leaf),
                1);
    }

    private static CertificateReport leaf(Instant notAfter) {
        return new CertificateReport(
                "CN=a", "CN=b", "01", BEGIN, notAfter, List.of("a"), 0, "EC P-256", "SHA256withECDSA", "ab".repeat(32));
    }
}

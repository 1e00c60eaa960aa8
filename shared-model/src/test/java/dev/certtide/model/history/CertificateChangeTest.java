package dev.certtide.model.history;

import static dev.certtide.model.history.Leaves.BOTH;
import static dev.certtide.model.history.Leaves.OTHER;
import static dev.certtide.model.history.Leaves.R12;
import static dev.certtide.model.history.Leaves.R13;
import static dev.certtide.model.history.Leaves.SERVER;
import static dev.certtide.model.history.Leaves.START;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.CertificateReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateChangeTest {
    private static final Duration DAYS_90 = Duration.ofDays(90);
    private static final Instant LATER = START.plus(Duration.ofDays(60));
    private static final List<String> NAMES = List.of("shop.example", "www.shop.example");
    private static final CertificateReport BEFORE = leaf("a", START, DAYS_90, R12, NAMES, "k1", BOTH);

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("renewed,key-changed", leaf("b", LATER, DAYS_90, R12, NAMES, "k2", BOTH)),
                Arguments.of("renewed,key-kept", leaf("b", LATER, DAYS_90, R12, NAMES.reversed(), "k1", BOTH)),
                Arguments.of(
                        "renewed,key-changed,intermediate-changed", leaf("b", LATER, DAYS_90, R13, NAMES, "k2", BOTH)),
                Arguments.of(
                        "renewed,key-changed,authority-changed", leaf("b", LATER, DAYS_90, OTHER, NAMES, "k2", BOTH)),
                Arguments.of(
                        "renewed,key-kept,names-added,names-removed",
                        leaf("b", LATER, DAYS_90, R12, List.of("shop.example", "x.example"), "k1", BOTH)),
                Arguments.of(
                        "renewed,key-kept,lifetime-shortened",
                        leaf("b", LATER, Duration.ofDays(47), R12, NAMES, "k1", BOTH)),
                Arguments.of(
                        "replaced,key-kept,lifetime-shortened",
                        leaf("b", LATER, Duration.ofHours(160), R12, NAMES, "k1", BOTH)),
                Arguments.of("replaced,key-changed", leaf("b", START, DAYS_90, R12, NAMES, "k2", BOTH)),
                Arguments.of(
                        "rolled-back,key-kept",
                        leaf("b", START.minus(Duration.ofDays(60)), DAYS_90, R12, NAMES, "k1", BOTH)),
                Arguments.of(
                        "renewed,key-kept,client-auth-removed",
                        leaf("b", LATER, Duration.ofDays(89), R12, NAMES, "k1", SERVER)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theDifferenceOfTwoCertificatesIsTold(String expected, CertificateReport after) {
        var changes = CertificateChange.between(BEFORE, after);

        assertEquals(
                expected,
                String.join(",", changes.stream().map(CertificateChange::code).toList()));
    }

    @Test
    void theSameCertificateIsNoChange() {
        assertEquals(List.of(), CertificateChange.between(BEFORE, BEFORE));
    }

    @Test
    void peopleReadSentences() {
        var after = leaf("b", LATER, Duration.ofHours(160), OTHER, List.of("x.example"), "k2", SERVER);

        assertEquals(
                List.of(
                        "The certificate was replaced by one that ends no later, on 2026-03-08.",
                        "It has a new key (EC P-256).",
                        "It is from another authority: Other, Inc. instead of Let's Encrypt.",
                        "It is also for x.example.",
                        "It is no longer for shop.example, www.shop.example.",
                        "It is valid for 160 hours instead of 90 days.",
                        "It is no longer for TLS clients (clientAuth is gone from its extended key usage)."),
                CertificateChange.between(BEFORE, after).stream()
                        .map(CertificateChange::words)
                        .toList());
        assertEquals(
                "The server went back to an older certificate, of 2026-01-01, that ends on 2026-03-31.",
                CertificateChange.between(after, BEFORE).getFirst().words());
    }

    @Test
    void aLongListOfNamesIsNotSpelledOut() {
        var names = IntStream.range(0, 50)
                .mapToObj(i -> "h%02d.example".formatted(i))
                .toList();
        var after = leaf("b", LATER, DAYS_90, R12, names, "k1", BOTH);

        assertEquals(
                "It is also for h00.example, h01.example, h02.example, h03.example, h04.example and 45 more.",
                CertificateChange.between(BEFORE, after).get(2).words());
    }

    @Test
    void nothingIsSaidOfWhatOneOfTheReportsDoesNotTell() {
        var old = new CertificateReport(
                "CN=shop.example", R12, "01", START, LATER, List.of("a.example"), 7, "EC P-256", "x", "a");

        assertEquals(
                List.of("renewed"),
                CertificateChange.between(old, leaf("b", LATER, DAYS_90, R12, NAMES, "k2", SERVER)).stream()
                        .map(CertificateChange::code)
                        .toList());
    }

    private static CertificateReport leaf(
            String sha256,
            Instant notBefore,
            Duration lifetime,
            String issuer,
            List<String> names,
            String key,
            List<String> purposes) {
        return Leaves.leaf(sha256, notBefore, lifetime, issuer, names, key, purposes);
    }
}

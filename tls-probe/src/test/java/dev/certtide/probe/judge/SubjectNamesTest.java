package dev.certtide.probe.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.Issuer;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.Validity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectNamesTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            example.com,        example.com,            true
            EXAMPLE.com,        example.COM,            true
            example.com,        example.com.,           true
            example.com,        www.example.com,        false
            example.com,        example.com.evil.test,  false
            example.com,        notexample.com,         false
            example.com.,       example.com,            false
            *.example.com,      www.example.com,        true
            *.EXAMPLE.com,      www.example.com,        true
            *.example.com,      example.com,            false
            *.example.com,      a.b.example.com,        false
            *.example.com,      .example.com,           false
            *.example.com,      xn--bcher-kva.example.com, true
            *.example.com,      under_score.example.com, true
            w*.example.com,     www.example.com,        false
            *w.example.com,     www.example.com,        false
            www.*.com,          www.example.com,        false
            *.*.example.com,    a.b.example.com,        false
            *.*.com,            www.example.com,        false
            *.com,              example.com,            false
            *,                  localhost,              false
            *.,                 localhost,              false
            localhost,          localhost,              true
            ' ',                example.com,            false
            """)
    void aPatternMatchesLabelByLabelAndAWildcardOnlyAWholeLeftmostOne(String pattern, String host, boolean matches) {
        assertEquals(matches, SubjectNames.matches(pattern, host));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            192.0.2.1,      192.0.2.1,       true
            192.0.2.1,      192.0.2.2,       false
            2001:db8::1,    2001:db8:0:0::1, true
            2001:db8::1,    2001:db8::2,     false
            a.example.com,  192.0.2.1,       false
            192.0.2.1,      a.example.com,   false
            """)
    void anAddressIsMatchedByAddressesOnlyHoweverItIsWritten(String inCertificate, String host, boolean matches) {
        assertEquals(
                matches, SubjectNames.of(certificateFor(List.of(inCertificate))).include(host));
    }

    private static X509Certificate certificateFor(List<String> names) {
        Validity validity = Validity.withLeft(Instant.now(), Duration.ofDays(2), Duration.ofDays(1));
        return Issuer.selfSigned(new LeafRequest("any", names, validity)).leaf();
    }
}

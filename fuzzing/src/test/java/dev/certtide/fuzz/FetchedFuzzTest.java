package dev.certtide.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.probe.fetch.IssuerAddresses;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.trust.RootBundle;
import java.security.cert.X509Certificate;
import java.util.List;

/** What is found at the addresses that certificates name, and lists of roots. */
class FetchedFuzzTest {
    private static final int MOST_ISSUERS = 8;

    /** DER, PEM or PKCS#7 of an issuer. */
    @FuzzTest
    void issuer(byte[] content) {
        Bound.holds(() -> {
            try {
                List<X509Certificate> issuers = IssuerAddresses.read(content);
                Bound.require(!issuers.isEmpty() && issuers.size() <= MOST_ISSUERS, issuers.size() + " issuers of one");
                issuers.forEach(IssuerAddresses::of);
            } catch (MalformedDerException e) {
                // As documented.
            }
        });
    }

    @FuzzTest
    void roots(byte[] pem) {
        Bound.holds(() -> {
            try {
                Bound.require(!RootBundle.parse(pem).certificates().isEmpty(), "a list of roots without a root");
            } catch (IllegalArgumentException e) {
                // As documented.
            }
        });
    }
}

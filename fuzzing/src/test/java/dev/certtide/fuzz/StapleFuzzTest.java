package dev.certtide.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.revocation.Staple;
import dev.certtide.probe.transparency.SignedTimestamp;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** OCSP responses as servers staple them. */
class StapleFuzzTest {
    /** The part that is to be signed, and one that is a certificate sent along. */
    static final int DATA = 0;

    static final int RESPONDER = 1;

    private static final int LONGEST_REASON = 300;
    private static final int MOST_TIMESTAMPS = 32;
    private static final List<X509Certificate> CHAIN = chain();

    /** A response as it comes. */
    @FuzzTest
    void asSent(byte[] der) {
        Bound.holds(() -> judge(der));
    }

    /** What a response says at will, the signature right. */
    @FuzzTest
    void signedByTheIssuer(byte[] bytes) {
        Bound.holds(() -> {
            Parts parts = Parts.of(bytes);
            for (byte[] data : parts.ofKind(DATA)) {
                judge(response(data, parts.ofKind(RESPONDER)));
            }
        });
    }

    /** A list of timestamps, as it stands in certificates and responses. */
    @FuzzTest
    void timestamps(byte[] list) {
        Bound.holds(() -> {
            try {
                Bound.require(SignedTimestamp.listed(list).size() <= MOST_TIMESTAMPS, "too many timestamps");
            } catch (MalformedDerException e) {
                // As documented.
            }
        });
    }

    static byte[] response(byte[] data, List<byte[]> certificates) {
        byte[] sentAlong = certificates.isEmpty()
                ? new byte[0]
                : DerText.element(0xa0, DerText.element(0x30, certificates.toArray(byte[][]::new)));
        byte[] basic = DerText.element(0x30, SignedChain.signedParts(data), sentAlong);
        return DerText.element(
                0x30,
                DerText.hex("0a0100"),
                DerText.element(
                        0xa0,
                        DerText.element(0x30, DerText.hex("06092b0601050507300101"), DerText.element(0x04, basic))));
    }

    private static void judge(byte[] der) {
        Staple staple = Staple.of(der, CHAIN.getFirst(), CHAIN.getLast(), SignedChain.NOW, new Signatures());
        if (staple instanceof Staple.Unusable(String what)) {
            Bound.require(what.length() <= LONGEST_REASON, "a reason of " + what.length() + " characters");
            Bound.require(what.chars().allMatch(c -> c >= ' ' && c < 0x7f), "a reason that a terminal might obey");
        }
        Bound.require(Staple.timestamps(der, CHAIN.getFirst()).size() <= MOST_TIMESTAMPS, "too many timestamps");
        try {
            Staple.turningPoints(der).forEach(Instant::getEpochSecond);
        } catch (MalformedDerException e) {
            // What cannot be read has no dates.
        }
    }

    private static List<X509Certificate> chain() {
        try {
            return SignedChain.of(new Parts(List.of()));
        } catch (CertificateException e) {
            throw new IllegalStateException("the chain that everything else is derived from is none", e);
        }
    }
}

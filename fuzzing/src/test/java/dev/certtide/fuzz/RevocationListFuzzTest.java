package dev.certtide.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.revocation.RevocationCheck;
import dev.certtide.probe.revocation.RevocationList;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Revocation lists as authorities serve them, and what they are looked up for. */
class RevocationListFuzzTest {
    /** The kinds of parts that are lists; all others are the certificates'. */
    static final int LIST = 0x80;

    private static final List<X509Certificate> CHAIN = chain();

    /** A list as it comes; its signature does not matter before it is used. */
    @FuzzTest
    void asServed(byte[] der) {
        Bound.holds(() -> {
            try {
                RevocationList list = RevocationList.parse(der);
                X509Certificate leaf = CHAIN.getFirst();
                list.index();
                Bound.require(list.weight() >= der.length, "a list that weighs less than it is long");
                Bound.require(list.weight() <= 8_192 + 10L * der.length, "a list of " + list.weight() + " bytes");
                for (X509Certificate authority : List.of(CHAIN.getLast(), SignedChain.ROOT)) {
                    list.isOf(authority);
                }
                list.find(leaf.getSerialNumber(), leaf.getIssuerX500Principal());
            } catch (MalformedDerException e) {
                // As documented.
            }
        });
    }

    /** Lists and a certificate's distribution points at will, the signatures right. */
    @FuzzTest
    void signedByTheIssuer(byte[] bytes) {
        Bound.holds(() -> {
            Parts parts = Parts.of(bytes);
            List<RevocationList> lists = new ArrayList<>();
            for (byte[] content : parts.ofKind(LIST)) {
                try {
                    lists.add(RevocationList.parse(SignedChain.signed(content)));
                } catch (MalformedDerException e) {
                    continue;
                }
            }
            List<X509Certificate> chain;
            try {
                chain = SignedChain.of(new Parts(parts.parts().stream()
                        .filter(part -> part.kind() < LIST)
                        .toList()));
            } catch (CertificateException e) {
                return;
            }
            new RevocationCheck(lists, chain, SignedChain.NOW, new Signatures()).of(new Path(chain, SignedChain.ROOT));
        });
    }

    private static List<X509Certificate> chain() {
        try {
            return SignedChain.of(new Parts(List.of()));
        } catch (CertificateException e) {
            throw new IllegalStateException("the chain that everything else is derived from is none", e);
        }
    }
}

package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.UnreadableCertificate;
import java.util.List;
import java.util.Optional;

/**
 * What certificates mean that come behind the server's own and cannot be read. Browsers leave them aside; JSSE and Go take
 * every certificate of a chain apart before they look at any, and refuse the handshake because of one. So it is a warning,
 * however good the rest of the chain is. If an issuer is missing for it, that is told besides.
 */
final class UnreadableRules {
    private UnreadableRules() {}

    static Optional<Defect> judge(AddressFacts address) {
        if (address.chain().isEmpty()) {
            return Optional.empty();
        }
        List<UnreadableCertificate> others = address.handshake().unreadable().stream()
                .filter(certificate -> !certificate.isLeaf())
                .toList();
        return others.stream()
                .findFirst()
                .map(first -> new Defect(
                        FindingCode.INVALID_CHAIN,
                        Status.WARNING,
                        "Of the certificates that the server sends, number " + first.place() + " cannot be read ("
                                + Wording.printable(first.reason()) + ")" + more(others.size() - 1)
                                + ". Browsers leave it aside; Java and Go refuse the whole chain. "
                                + "Take it out, or put its issuer's certificate in its place."));
    }

    private static String more(int count) {
        return count == 0 ? "" : ", nor can " + count + " more";
    }
}

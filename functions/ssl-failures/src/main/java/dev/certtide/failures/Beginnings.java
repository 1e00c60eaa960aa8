package dev.certtide.failures;

import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.incident.Standing.Beginning;
import java.time.Instant;
import java.util.Optional;

/** Since when each thing that is wrong with a target has been so: what comes later is not as old as what was first. Pure. */
final class Beginnings {
    private Beginnings() {}

    /** The cause of a finding. */
    static Cause cause(Standing standing, Finding finding) {
        var shared =
                switch (finding.code()) {
                    case INTERMEDIATE_EXPIRING -> standing.intermediate();
                    case DISTRUSTED_CA -> standing.authority();
                    default -> Optional.<Cause>empty();
                };
        return shared.orElseGet(() -> Cause.of(standing.target()));
    }

    /** Since when {@code finding} has been there. */
    static Instant of(Standing standing, Finding finding) {
        return standing.beginnings()
                .flatMap(known -> known.of(name(standing, finding)))
                .orElse(standing.since());
    }

    /**
     * The beginnings of what a standing has, which follows another.
     *
     * @param before the one before, in the same trouble
     * @param from when what is new was seen first
     */
    static Optional<Standing.Beginnings> after(Optional<Standing> before, Standing next, Instant from) {
        if (next.status() == Status.OK) {
            return Optional.empty();
        }
        return Optional.of(new Standing.Beginnings(next.findings().stream()
                .filter(finding -> finding.severity() != Status.OK)
                .map(finding -> new Beginning(
                        name(next, finding),
                        before.flatMap(known -> since(known, next, finding)).orElse(from)))
                .distinct()
                .toList()));
    }

    private static Optional<Instant> since(Standing known, Standing next, Finding finding) {
        var name = name(next, finding);
        return known.findings().stream()
                .filter(one -> one.severity() != Status.OK && name(known, one).equals(name))
                .findFirst()
                .map(one -> of(known, one));
    }

    /** Another certificate that ends is another beginning. */
    private static String name(Standing standing, Finding finding) {
        boolean isShared =
                finding.code() == FindingCode.INTERMEDIATE_EXPIRING || finding.code() == FindingCode.DISTRUSTED_CA;
        return isShared ? cause(standing, finding).id() : finding.code().code();
    }
}

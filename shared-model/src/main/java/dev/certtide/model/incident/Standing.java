package dev.certtide.model.incident;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Finding;
import dev.certtide.model.Required;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a target stands, as far as that is certain: what may be gone a minute later is confirmed first.
 *
 * @param id names the newest time of trouble
 * @param target whose standing
 * @param status of the last result that was certain
 * @param since when trouble, or the time without any, was first seen
 * @param lastResultAt the newest result that has been taken into account
 * @param findings of the last result that was certain, worst first
 * @param leaf the certificate that it saw
 * @param intermediate the authority's certificate of its chain that ends first, if it sent any
 * @param authority who signed the end of its chain, if it sent one
 * @param suspicion what newer results say that is not certain yet
 * @param beginnings since when each thing that is wrong has been so; absent in standings from before that was kept
 * @param ofOlder of the findings those that say of another certificate than {@code leaf}, which some addresses serve
 *     still, that it is about to expire
 */
@Json
public record Standing(
        String id,
        Target target,
        Status status,
        Instant since,
        Instant lastResultAt,
        List<Finding> findings,
        Optional<CertificateReport> leaf,
        Optional<Cause> intermediate,
        Optional<Cause> authority,
        Optional<Suspicion> suspicion,
        Optional<Beginnings> beginnings,
        List<Finding> ofOlder) {
    /** One lost packet is no outage: so many tries in a row must fail before it is certain that a target is unreachable. */
    public static final int TRIES = 3;

    public Standing {
        Required.field("id", id);
        Required.field("target", target);
        Required.field("status", status);
        Required.field("since", since);
        Required.field("lastResultAt", lastResultAt);
        findings = List.copyOf(Required.field("findings", findings));
        ofOlder = Required.orEmpty(ofOlder);
    }

    /** Without knowing when what began. */
    public Standing(
            String id,
            Target target,
            Status status,
            Instant since,
            Instant lastResultAt,
            List<Finding> findings,
            Optional<CertificateReport> leaf,
            Optional<Cause> intermediate,
            Optional<Cause> authority,
            Optional<Suspicion> suspicion) {
        this(
                id,
                target,
                status,
                since,
                lastResultAt,
                findings,
                leaf,
                intermediate,
                authority,
                suspicion,
                Optional.empty(),
                List.of());
    }

    /**
     * Since when what is wrong has been so.
     *
     * @param all one for each
     */
    @Json
    public record Beginnings(List<Beginning> all) {
        public Beginnings {
            all = Required.orEmpty(all);
        }

        /** When that began, if it is wrong. */
        public Optional<Instant> of(String what) {
            return all.stream()
                    .filter(one -> one.what().equals(what))
                    .map(Beginning::at)
                    .findFirst();
        }
    }

    /**
     * Since when one thing has been wrong.
     *
     * @param what the code of a finding; of what many targets may share, the id of its cause
     * @param at when it was first seen, without a break since
     */
    @Json
    public record Beginning(String what, Instant at) {
        public Beginning {
            Required.field("what", what);
            Required.field("at", at);
        }
    }

    /**
     * What may be gone a minute later.
     *
     * @param status what it would come to
     * @param since when it was first seen
     * @param tries how many results in a row say so, 1 or more; those that came too soon after another do not count
     * @param triedAt when the last of them was, if it is not the first
     */
    @Json
    public record Suspicion(Status status, Instant since, int tries, Optional<Instant> triedAt) {
        public Suspicion {
            Required.field("status", status);
            Required.field("since", since);
        }

        /** One that was seen for the first time. */
        public Suspicion(Status status, Instant since) {
            this(status, since, 1, Optional.empty());
        }

        /** The same after a try more. */
        public Suspicion again(Instant at) {
            return new Suspicion(status, since, tries + 1, Optional.of(at));
        }

        /** When the last try was that counts. */
        public Instant lastTry() {
            return triedAt.orElse(since);
        }
    }

    /** Whether all is well, and nothing says otherwise. */
    public boolean isWell() {
        return status == Status.OK && suspicion.isEmpty();
    }
}

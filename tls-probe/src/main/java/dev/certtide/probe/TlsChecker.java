package dev.certtide.probe;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.history.Known;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.fetch.EvidenceSource;
import dev.certtide.probe.judge.ExpiryThresholds;
import dev.certtide.probe.judge.Judgement;
import dev.certtide.probe.judge.Precedents;
import dev.certtide.probe.judge.Reports;
import dev.certtide.probe.trust.AnchorSource;
import dev.certtide.probe.trust.JoinedAnchors;
import dev.certtide.probe.trust.TrustAnchors;
import dev.certtide.probe.visit.Countdown;
import dev.certtide.probe.visit.Probe;
import dev.certtide.probe.visit.Resolver;
import dev.certtide.probe.visit.TlsEngine;
import dev.certtide.probe.visit.Turnstile;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks a target: visits every address of its host, shakes hands, judges what was seen. Immutable and thread-safe; a
 * thousand checks may be in flight, best each on a virtual thread. A check takes at most the deadline and the little time
 * that judging needs.
 */
public final class TlsChecker {
    private final Probe probe;
    private final AnchorSource anchors;
    private final JoinedAnchors joined = new JoinedAnchors();
    private final Precedents precedents;
    private final EvidenceSource evidence;
    private final Duration deadline;

    private TlsChecker(Builder builder) {
        this.probe = new Probe(
                builder.resolver.get(),
                builder.guard,
                builder.deadline,
                builder.connectTo,
                builder.serverName,
                builder.engine.get(),
                builder.turnstile);
        this.anchors = builder.anchors.get();
        this.precedents = new Precedents(builder.thresholds);
        this.evidence = builder.evidence;
        this.deadline = builder.deadline;
    }

    /** A checker for public hosts: the strict guard, Mozilla's roots, 10 seconds. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Checks the target. What is wrong with the target is in the result, never an exception.
     *
     * @param clock read once, when the check begins: the result's date, and the instant at which it is judged
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public CheckResult check(Target target, InstantSource clock) {
        return check(target, Known.NOTHING, clock);
    }

    /**
     * Checks a target that was checked before.
     *
     * @param known what earlier checks have taught; it adds findings, such as that a renewal is overdue
     * @param clock as above
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public CheckResult check(Target target, Known known, InstantSource clock) {
        return examine(CheckRequest.of(target).knowing(known), clock).result();
    }

    /**
     * Checks a target and tells what led to the result.
     *
     * @param clock as above
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public Examination examine(CheckRequest request, InstantSource clock) {
        Target target = request.target();
        Instant began = clock.instant();
        Countdown time = new Countdown(deadline);
        HostFacts facts = probe.visit(target, time);
        TrustAnchors trusted = joined.of(anchors.at(began), request.alsoTrusted());
        Evidence gathered = evidence.gather(facts, trusted, began, time.end());
        Judgement judgement = precedents.judge(target, facts, gathered, request.known(), trusted, began);
        Verdict verdict = judgement.verdict();
        CheckResult result =
                switch (facts) {
                    case HostFacts.Visited(List<AddressFacts> addresses, int omitted) ->
                        new CheckResult(target, began, verdict, Reports.of(addresses), omitted)
                                .lacking(Reports.of(gathered.lacking(judgement.unusedLists())));
                    default -> new CheckResult(target, began, verdict, List.of());
                };
        return new Examination(result, facts, gathered, trusted);
    }

    /** The longest that a check takes, but for judging and for waiting for its turn. */
    public Duration deadline() {
        return deadline;
    }

    /** Everything about a checker that can be different. */
    public static final class Builder {
        private Supplier<Resolver> resolver = Resolver::dns;
        private AddressGuard guard = AddressGuard.strict();
        private Supplier<AnchorSource> anchors = TrustAnchors::ofMozilla;
        private ExpiryThresholds thresholds = ExpiryThresholds.STANDARD;
        private EvidenceSource evidence = EvidenceSource.NONE;
        private Duration deadline = Duration.ofSeconds(10);
        private Optional<InetSocketAddress> connectTo = Optional.empty();
        private Optional<String> serverName = Optional.empty();
        private Supplier<TlsEngine> engine = TlsEngine::best;
        private Turnstile turnstile = Turnstile.OPEN;

        private Builder() {}

        /** Finds addresses; {@code Resolver.dns().after(hostsFile)} for some names of one's own. */
        public Builder resolver(Resolver value) {
            resolver = () -> value;
            return this;
        }

        /** Says which addresses and ports may be visited. */
        public Builder guard(AddressGuard value) {
            guard = value;
            return this;
        }

        /** The roots to trust, instead of Mozilla's as they came with this program. */
        public Builder anchors(AnchorSource value) {
            anchors = () -> value;
            return this;
        }

        /** When a certificate's end is near; {@code ExpiryThresholds.absolute} for fixed times. */
        public Builder thresholds(ExpiryThresholds value) {
            thresholds = value;
            return this;
        }

        /**
         * Where to look for what certificates refer to: issuers that were not sent, and revocation lists. By default
         * nowhere. {@link dev.certtide.probe.fetch.WebEvidence} fetches it and keeps it; one is made for a process.
         */
        public Builder evidence(EvidenceSource value) {
            evidence = value;
            return this;
        }

        /**
         * The longest that name resolution, connections, handshakes and fetches of a check take together.
         *
         * @throws IllegalArgumentException if it is not longer than nothing
         */
        public Builder deadline(Duration value) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException("a deadline of " + value + " leaves no time to check anything");
            }
            deadline = value;
            return this;
        }

        /** Visits this resolved address whatever the target's name resolves to. The guard is asked about it as well. */
        public Builder connectTo(InetSocketAddress value) {
            if (value.isUnresolved()) {
                throw new IllegalArgumentException(value + " is a name; give an IP address and a port");
            }
            connectTo = Optional.of(value);
            return this;
        }

        /**
         * Asks servers for this name (SNI, and the name in an XMPP stream) instead of the target's host. The certificate
         * is still judged for the target's host: what is asked for is one thing, what clients expect another.
         *
         * @param value a DNS name in lower-case A-labels
         */
        public Builder serverName(String value) {
            serverName = Optional.of(value);
            return this;
        }

        /** What shakes hands with servers of today, instead of the best that there is. */
        public Builder engine(TlsEngine value) {
            engine = () -> value;
            return this;
        }

        /** Says when a host's addresses may be visited; by default at once. */
        public Builder turnstile(Turnstile value) {
            turnstile = value;
            return this;
        }

        public TlsChecker build() {
            return new TlsChecker(this);
        }
    }
}

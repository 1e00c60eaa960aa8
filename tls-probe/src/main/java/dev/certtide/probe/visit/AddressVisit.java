package dev.certtide.probe.visit;

import dev.certtide.model.Target;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The visit of one address: the hello of today, and, if that breaks before a certificate was seen, the hello of old.
 * {@link #run} blocks for as long as the server likes; whoever runs it on a thread of its own ends it with
 * {@link #cutOff} when the time is up. Only closing the socket does that for sure: SO_TIMEOUT starts anew with every byte.
 */
final class AddressVisit implements Runnable {
    private static final String NO_COMMON_APPLICATION = "no_application_protocol";

    private final Target target;
    private final InetSocketAddress address;
    private final long started = System.nanoTime();
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /** The attempt whose ending is told; the chain may be another's. */
    private volatile Attempt told;

    private volatile Optional<String> modernRefusal = Optional.empty();

    /** @param target its host is the name that the server is asked for */
    AddressVisit(Target target, InetSocketAddress address) {
        this.target = target;
        this.address = address;
        this.told = prepare(_ -> ClientHello.ofToday(target.protocol()));
    }

    @Override
    public void run() {
        ClientHello today = ClientHello.ofToday(target.protocol());
        told.run();
        Optional<Ending.HandshakeFailed> refusal = told.brokeWithoutCertificate();
        if (refusal.flatMap(Ending.HandshakeFailed::alert)
                .filter(NO_COMMON_APPLICATION::equals)
                .isPresent()) {
            // It speaks TLS, but not HTTP: a certificate is all that we want of it.
            today = today.withoutApplications();
            told = attempt(today);
            refusal = told.brokeWithoutCertificate();
        }
        if (refusal.isPresent()) {
            tryOld(today, refusal.get());
        }
    }

    private void tryOld(ClientHello today, Ending.HandshakeFailed refusal) {
        Attempt old = prepare(ClientHello::ofOld);
        old.run();
        if (old.chain().isEmpty() && !(endingOf(old) instanceof Ending.Completed)) {
            return;
        }
        if (!old.isOfToday()) {
            modernRefusal = Optional.of(refusal.error());
            told = old;
            return;
        }
        // What it agreed to had been offered before. Was the refusal a mishap, or can it not bear a hello of today?
        Attempt again = attempt(today);
        if (again.brokeWithoutCertificate().isEmpty()) {
            told = again;
        }
    }

    /** Breaks off what is still going on, and says what was seen until then. */
    AddressFacts cutOff(Duration deadline) {
        over = true;
        attempts.forEach(attempt -> attempt.cutOff(deadline));
        Attempt last = told;
        Attempt.Ended ended = last.ended().orElseThrow();
        HandshakeFacts facts = last.facts();
        return new AddressFacts(
                address,
                ended.how(),
                chain(last),
                ended.after(),
                modernRefusal.map(facts::afterRefusal).orElse(facts));
    }

    private List<X509Certificate> chain(Attempt first) {
        return !first.chain().isEmpty()
                ? first.chain()
                : attempts.stream()
                        .map(Attempt::chain)
                        .filter(chain -> !chain.isEmpty())
                        .findFirst()
                        .orElse(List.of());
    }

    private static Ending endingOf(Attempt attempt) {
        return attempt.ended().orElseThrow().how();
    }

    private Attempt attempt(ClientHello hello) {
        Attempt attempt = prepare(_ -> hello);
        attempt.run();
        return attempt;
    }

    /** Whoever cuts off sees this attempt, or this attempt sees that it has been cut off. */
    private Attempt prepare(Function<Set<String>, ClientHello> hello) {
        Attempt attempt = new Attempt(target, address, hello, started);
        attempts.add(attempt);
        if (over) {
            attempt.cutOff(Duration.ZERO);
        }
        return attempt;
    }
}

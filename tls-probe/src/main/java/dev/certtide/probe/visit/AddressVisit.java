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
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The visit of one address: the hello of today, and, if that breaks before a certificate was seen, the hello of old.
 * {@link #run} blocks for as long as the server likes; whoever runs it on a thread of its own ends it with
 * {@link #cutOff} when the time is up. Only closing the socket does that for sure: SO_TIMEOUT starts anew with every byte.
 */
final class AddressVisit implements Runnable {
    private static final String NO_COMMON_APPLICATION = "no_application_protocol";

    private final Target target;
    private final InetSocketAddress address;
    private final TlsEngine engine;
    private final long started = System.nanoTime();
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /** The attempt whose ending is told; the chain may be another's. */
    private volatile Attempt told;

    private volatile Optional<String> modernRefusal = Optional.empty();

    /**
     * @param target its host is the name that the server is asked for
     * @param engine has the first word
     */
    AddressVisit(Target target, InetSocketAddress address, TlsEngine engine) {
        this.target = target;
        this.address = address;
        this.engine = engine;
        this.told = prepare(engine, ClientHello.ofToday(target.protocol()));
    }

    @Override
    public void run() {
        ClientHello today = ClientHello.ofToday(target.protocol());
        told.run();
        if (told.brokeWithoutCertificate()
                .flatMap(Ending.HandshakeFailed::alert)
                .filter(NO_COMMON_APPLICATION::equals)
                .isPresent()) {
            // It speaks TLS, but not HTTP: a certificate is all that we want of it.
            today = today.withoutApplications();
            told = attempt(engine, today);
        }
        if (told.wasBeyondEngine()) {
            told = attempt(TlsEngine.jsse(), today);
        }
        Optional<Ending.HandshakeFailed> refusal = told.brokeWithoutCertificate();
        if (refusal.isPresent()) {
            tryOld(today, refusal.get());
        }
    }

    private void tryOld(ClientHello today, Ending.HandshakeFailed refusal) {
        Attempt old = attempt(TlsEngine.jsse(), ClientHello.ofOld(JsseEngine.supportedSuites()));
        boolean isSeen = !old.chain().isEmpty() || endingOf(old) instanceof Ending.Completed;
        if (isSeen && !old.isOfToday()) {
            modernRefusal = Optional.of(refusal.error());
            told = old;
            return;
        }
        if (isSeen || told.engine() != TlsEngine.jsse()) {
            // What it agreed to had been offered before. Was the refusal a mishap, can it not bear a hello of today, or
            // does it lack what BoringSSL offers and JSSE has more of?
            Attempt again = attempt(TlsEngine.jsse(), today);
            if (again.brokeWithoutCertificate().isEmpty()) {
                told = again;
            }
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

    private Attempt attempt(TlsEngine with, ClientHello hello) {
        Attempt attempt = prepare(with, hello);
        attempt.run();
        return attempt;
    }

    /** Whoever cuts off sees this attempt, or this attempt sees that it has been cut off. */
    private Attempt prepare(TlsEngine with, ClientHello hello) {
        Attempt attempt = new Attempt(target, address, with, hello, started);
        attempts.add(attempt);
        if (over) {
            attempt.cutOff(Duration.ZERO);
        }
        return attempt;
    }
}

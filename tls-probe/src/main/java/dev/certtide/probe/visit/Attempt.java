package dev.certtide.probe.visit;

import dev.certtide.model.Target;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Ending.Step;
import dev.certtide.probe.facts.HandshakeFacts;
import dev.certtide.probe.facts.UnreadableCertificate;
import dev.certtide.probe.visit.starttls.NotUpgradedException;
import dev.certtide.probe.visit.starttls.PlainConnection;
import dev.certtide.probe.visit.starttls.Starttls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One connection to one address: connect, STARTTLS if the protocol has it, one client hello. Begun and run once each. */
final class Attempt {
    /** A refusal is on its way when the handshake of TLS 1.3 is over; it takes a round trip. */
    private static final Duration REFUSAL = Duration.ofSeconds(1);

    private final Target target;
    private final InetSocketAddress address;
    private final TlsEngine engine;
    private final ClientHello hello;
    private final Optional<Duration> patience;
    private final long started;
    private final Connection connection = new Connection();
    private final Witness witness = new Witness();
    private final AtomicReference<Ended> ended = new AtomicReference<>();
    private volatile Optional<Ending> settled = Optional.empty();
    private volatile HandshakeFacts facts = HandshakeFacts.NONE;
    private volatile boolean beyondEngine;
    private volatile Step waitingFor = Step.CONNECTION;

    /**
     * @param engine shakes hands
     * @param hello what to offer
     * @param patience how long to wait for each answer over a connection that stands; none: until {@link #cutOff}
     * @param started when the visit began, by {@link System#nanoTime}
     */
    Attempt(
            Target target,
            InetSocketAddress address,
            TlsEngine engine,
            ClientHello hello,
            Optional<Duration> patience,
            long started) {
        this.target = target;
        this.address = address;
        this.engine = engine;
        this.hello = hello;
        this.patience = patience;
        this.started = started;
    }

    /**
     * How an attempt ended.
     *
     * @param after since the visit began
     */
    record Ended(Ending how, Duration after) {}

    TlsEngine engine() {
        return engine;
    }

    /** Asks for the connection and does not wait for it. */
    void begin() {
        connection.begin(address);
    }

    /** Goes on with what was begun; blocks for as long as the server likes, or until {@link #cutOff}. */
    void run() {
        try (connection) {
            connection.await();
            if (patience.isPresent()) {
                connection.setSoTimeout(Math.toIntExact(patience.get().toMillis()));
            }
            waitingFor = Step.STARTTLS;
            Starttls.of(target.protocol()).ask(new PlainConnection(connection), target);
            waitingFor = Step.HANDSHAKE;
            shakeHands();
        } catch (NotUpgradedException e) {
            end(new Ending.NotUpgraded(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            // A certificate that the JDK cannot take apart may surface as any runtime exception.
            end(broken(e));
        }
    }

    /** Breaks off what is still going on; what was seen until then stays. */
    void cutOff(Duration deadline) {
        end(settled.orElseGet(() -> new Ending.TimedOut(waitingFor, deadline)));
        try {
            connection.close();
        } catch (IOException e) {
            // It is closed all the same, and there is nobody to tell.
        }
    }

    /** How it ended, none while it goes on. */
    Optional<Ended> ended() {
        return Optional.ofNullable(ended.get());
    }

    /** What has been sent, the leaf first. */
    List<X509Certificate> chain() {
        return witness.seen().chain();
    }

    /** What else was seen. */
    HandshakeFacts facts() {
        return facts;
    }

    /** The error of a handshake that broke before the server had shown a certificate. */
    Optional<Ending.HandshakeFailed> brokeWithoutCertificate() {
        return ended().filter(_ -> chain().isEmpty())
                .map(Ended::how)
                .filter(Ending.HandshakeFailed.class::isInstance)
                .map(Ending.HandshakeFailed.class::cast);
    }

    /** Whether a certificate was shown, be it one that cannot be read, or agreed upon that there is none. */
    boolean hasSeenEnough() {
        return !chain().isEmpty()
                || ended().map(Ended::how)
                        .filter(how -> how instanceof Ending.Completed || how instanceof Ending.CertificateUnreadable)
                        .isPresent();
    }

    /** Whether the server has taken the connection, and nothing has come over it yet. */
    boolean isSilent() {
        return waitingFor != Step.CONNECTION && !connection.isHeard();
    }

    /** Whether it was JSSE that took a mere warning about the name that it had asked for to heart. */
    boolean stumbledOverName() {
        return hello.isNamed()
                && brokeWithoutCertificate()
                        .map(Ending.HandshakeFailed::error)
                        .filter(Failures::isWarningAboutName)
                        .isPresent();
    }

    /** Whether it was the engine that would not go on. */
    boolean wasBeyondEngine() {
        return beyondEngine;
    }

    /** Whether the server agreed to something that a client of today would have offered too. */
    boolean isOfToday() {
        Witness.Seen seen = witness.seen();
        return ClientHello.isOfToday(seen.protocol(), seen.cipherSuite());
    }

    private void shakeHands() throws IOException {
        try (Handshake handshake = engine.over(connection, target, hello, witness)) {
            Ending.Completed completed;
            try {
                completed = handshake.shake();
            } finally {
                facts = handshake.facts();
            }
            settled = Optional.of(completed);
            if (witness.wasAskedForCertificate() && completed.protocol().equals("TLSv1.3")) {
                // The client's Finished and its lack of a certificate travel together, and the client's handshake is
                // over
                // before the server has seen them (RFC 8446, 4.4.2.4). Who goes on without a certificate waits for a
                // request, for which there is the limit.
                handshake.awaitRefusal(REFUSAL);
            }
            handshake.leave();
            end(completed);
        }
    }

    private Ending broken(Exception failure) {
        Witness.Seen seen = witness.seen();
        return switch (waitingFor) {
            case CONNECTION -> Failures.whileConnecting(failure, elapsed());
            case STARTTLS -> new Ending.NotUpgraded("the connection broke: " + Failures.words(failure));
            case HANDSHAKE -> {
                Optional<UnreadableCertificate> unreadable = witness.unreadableLeaf();
                if (unreadable.isPresent()) {
                    yield new Ending.CertificateUnreadable(unreadable.get().reason());
                }
                if (witness.wasAskedForCertificate()
                        && !seen.chain().isEmpty()
                        && Failures.mayMeanThatACertificateIsWanted(failure)) {
                    yield new Ending.ClientCertificateRequired(
                            seen.protocol(), seen.cipherSuite(), Failures.words(failure));
                }
                beyondEngine = failure instanceof BeyondEngineException;
                yield Failures.inHandshake(failure);
            }
        };
    }

    /** The first ending is the one; what breaks afterwards breaks because we are leaving. */
    private void end(Ending how) {
        ended.compareAndSet(null, new Ended(how, elapsed()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}

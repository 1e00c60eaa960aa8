package dev.certtide.probe.visit;

import dev.certtide.model.Target;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.HandshakeFacts;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/**
 * The visit of one address: the hello of today, and, if that breaks before a certificate was seen, the hello of old. Old
 * servers may also say nothing at all to a hello of today, so the one of old is tried while a silent server is listened
 * to. {@link #run} blocks for as long as the server likes; whoever runs it on a thread of its own ends it with
 * {@link #cutOff} when the time is up. Only closing the socket does that for sure: SO_TIMEOUT starts anew with every byte.
 */
final class AddressVisit implements Runnable {
    private static final String NO_COMMON_APPLICATION = "no_application_protocol";

    /** Whoever answers at all mostly does within a second; a lost packet is sent again within three. */
    private static final Duration LONGEST_DOUBT = Duration.ofSeconds(3);

    private static final Duration SHORTEST_DOUBT = Duration.ofMillis(1);
    private static final Optional<Duration> ENDLESS = Optional.empty();

    private final Target target;
    private final InetSocketAddress address;
    private final TlsEngine engine;
    private final long started = System.nanoTime();
    private final long end;
    private final ThreadFactory threads;
    private final ClientHello today;
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /** Whether the first attempt has ended, so that nobody asks any more what else there is to see meanwhile. */
    private volatile boolean isAnswered;

    /** Whether the host is asked for by its name: not any more when the server has once warned that it has none such. */
    private volatile boolean asksByName = true;

    /** What is told; the chain may be another attempt's. Does not change any more when it is over. */
    private Told told;

    /**
     * What is told.
     *
     * @param attempt whose ending
     * @param modernRefusal what came of the hello of today, if it is not the one of which is told
     */
    private record Told(Attempt attempt, Optional<String> modernRefusal) {}

    /**
     * @param target its host is the name that the server is asked for
     * @param engine has the first word
     * @param end when it will be cut off at the latest, as {@link System#nanoTime} counts
     * @param threads makes the one that sees what else there is while the server is silent
     */
    AddressVisit(Target target, InetSocketAddress address, TlsEngine engine, long end, ThreadFactory threads) {
        this.target = target;
        this.address = address;
        this.engine = engine;
        this.end = end;
        this.threads = threads;
        this.today = ClientHello.ofToday(target.protocol());
        this.told = new Told(prepare(engine, today, ENDLESS), Optional.empty());
    }

    /**
     * Asks for the connection and does not wait for it. So the way there is being made while this visit's thread waits for
     * its turn among thousands, whose first steps would otherwise all be made at one time, and all their next ones at
     * another, with a processor that has nothing to do in between.
     */
    void begin() {
        told().attempt().begin();
    }

    /** Goes on with what was begun. */
    @Override
    public void run() {
        Attempt first = told().attempt();
        Future<?> doubt =
                Alarms.at(System.nanoTime() + untilDoubt().toNanos(), () -> threads.newThread(() -> whileSilent(first))
                        .start());
        first.run();
        doubt.cancel(false);
        isAnswered = true;
        if (told().attempt() != first) {
            return; // The server was silent, and something was seen meanwhile.
        }
        ClientHello hello = today;
        if (first.stumbledOverName()) {
            asksByName = false;
            tell(attempt(engine, hello, ENDLESS), Optional.empty());
        }
        if (told().attempt()
                .brokeWithoutCertificate()
                .flatMap(Ending.HandshakeFailed::alert)
                .filter(NO_COMMON_APPLICATION::equals)
                .isPresent()) {
            // It speaks TLS, but not HTTP: a certificate is all that we want of it.
            hello = hello.withoutApplications();
            tell(attempt(engine, hello, ENDLESS), Optional.empty());
        }
        if (told().attempt().wasBeyondEngine()) {
            tell(attempt(TlsEngine.jsse(), hello, ENDLESS), Optional.empty());
        }
        Optional<Ending.HandshakeFailed> refusal = told().attempt().brokeWithoutCertificate();
        if (refusal.isPresent()) {
            boolean isSecondWord = told().attempt().engine() == TlsEngine.jsse();
            triesOld(hello, refusal.get().error(), !isSecondWord, ENDLESS, () -> true);
        }
    }

    /** Beside the first attempt, which goes on: a server may only be slow. */
    private void whileSilent(Attempt first) {
        if (!first.isSilent()) {
            return;
        }
        String silence = "nothing was heard within " + elapsed().toMillis() + " ms";
        Optional<Duration> patience = Optional.of(untilDoubt());
        if (triesOld(today, silence, false, patience, () -> !isAnswered && first.isSilent())) {
            first.cutOff(elapsed());
        }
    }

    /**
     * Tries the hello of old, and that of today once more where the former proves nothing.
     *
     * @param refusal what came of the hello of today
     * @param isForJsse whether JSSE may have more success with the hello of today, whatever comes of that of old
     * @param patience how long to wait for each answer over a connection that stands; none: as long as the visit lasts
     * @param isWanted whether anybody wants to know what is seen
     * @return whether there is something else to tell now
     */
    private boolean triesOld(
            ClientHello hello,
            String refusal,
            boolean isForJsse,
            Optional<Duration> patience,
            BooleanSupplier isWanted) {
        Attempt old = attempt(TlsEngine.jsse(), ClientHello.ofOld(JsseEngine.supportedSuites()), patience);
        if (!isWanted.getAsBoolean()) {
            return false;
        }
        if (old.hasSeenEnough() && !old.isOfToday()) {
            tell(old, Optional.of(refusal));
            return true;
        }
        if (old.hasSeenEnough() || isForJsse) {
            // What it agreed to had been offered before. Was the refusal a mishap, can it not bear a hello of today, or
            // does it lack what BoringSSL offers and JSSE has more of?
            Attempt again = attempt(TlsEngine.jsse(), hello, patience);
            if (again.hasSeenEnough() && isWanted.getAsBoolean()) {
                tell(again, Optional.empty());
                return true;
            }
        }
        return false;
    }

    /** Breaks off what is still going on, and says what was seen until then. */
    AddressFacts cutOff(Duration deadline) {
        Told last = close();
        attempts.forEach(attempt -> attempt.cutOff(deadline));
        Attempt.Ended ended = last.attempt().ended().orElseThrow();
        HandshakeFacts facts = last.attempt().facts();
        return new AddressFacts(
                address,
                ended.how(),
                chain(last.attempt()),
                ended.after(),
                last.modernRefusal().map(facts::afterRefusal).orElse(facts));
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

    private Attempt attempt(TlsEngine with, ClientHello hello, Optional<Duration> patience) {
        Attempt attempt = prepare(with, asksByName ? hello : hello.withoutName(), patience);
        attempt.begin();
        attempt.run();
        if (!attempt.stumbledOverName()) {
            return attempt;
        }
        asksByName = false;
        return attempt(with, hello, patience);
    }

    /** Whoever cuts off sees this attempt, or this attempt sees that it has been cut off. */
    private Attempt prepare(TlsEngine with, ClientHello hello, Optional<Duration> patience) {
        Attempt attempt = new Attempt(target, address, with, hello, patience, started);
        attempts.add(attempt);
        if (over) {
            attempt.cutOff(Duration.ZERO);
        }
        return attempt;
    }

    private synchronized Told told() {
        return told;
    }

    /** What is prepared after the end has no part in what is told. */
    private synchronized void tell(Attempt attempt, Optional<String> modernRefusal) {
        if (!over) {
            told = new Told(attempt, modernRefusal);
        }
    }

    private synchronized Told close() {
        over = true;
        return told;
    }

    /** A quarter of what is left, so that time remains for all that may follow. */
    private Duration untilDoubt() {
        Duration quarter = Duration.ofNanos((end - System.nanoTime()) / 4);
        return Collections.max(List.of(SHORTEST_DOUBT, Collections.min(List.of(quarter, LONGEST_DOUBT))));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}

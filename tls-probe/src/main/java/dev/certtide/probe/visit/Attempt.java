package dev.certtide.probe.visit;

import dev.certtide.model.Target;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Ending.Step;
import dev.certtide.probe.facts.HandshakeFacts;
import dev.certtide.probe.visit.starttls.NotUpgradedException;
import dev.certtide.probe.visit.starttls.PlainConnection;
import dev.certtide.probe.visit.starttls.Starttls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** One connection to one address: connect, STARTTLS if the protocol has it, one client hello. Runs once. */
final class Attempt {
    /** A refusal is on its way when the handshake of TLS 1.3 is over; it takes a round trip. */
    private static final Duration REFUSAL = Duration.ofSeconds(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Target target;
    private final InetSocketAddress address;
    private final Function<Set<String>, ClientHello> hello;
    private final long started;
    /** Never by way of a SOCKS proxy from system properties: it would connect to who knows where. */
    private final Socket connection = new Socket(Proxy.NO_PROXY);

    private final CapturingTrustManager trust = new CapturingTrustManager();
    private final NoClientCertificate keys = new NoClientCertificate();
    private final KeySizes sizes = new KeySizes();
    private final AtomicReference<Ended> ended = new AtomicReference<>();
    private volatile Optional<Ending> settled = Optional.empty();
    private volatile HandshakeFacts facts = HandshakeFacts.NONE;
    private volatile Step waitingFor = Step.CONNECTION;

    /**
     * @param hello what to offer, given the suites that this JDK knows
     * @param started when the visit began, by {@link System#nanoTime}
     */
    Attempt(Target target, InetSocketAddress address, Function<Set<String>, ClientHello> hello, long started) {
        this.target = target;
        this.address = address;
        this.hello = hello;
        this.started = started;
    }

    /**
     * How an attempt ended.
     *
     * @param after since the visit began
     */
    record Ended(Ending how, Duration after) {}

    /** Blocks for as long as the server likes, or until {@link #cutOff}. */
    void run() {
        try (connection) {
            connection.connect(address);
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
        return trust.seen().chain();
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

    /** Whether the server agreed to something that a client of today would have offered too. */
    boolean isOfToday() {
        CapturingTrustManager.Seen seen = trust.seen();
        return ClientHello.isOfToday(seen.protocol(), seen.cipherSuite());
    }

    private void shakeHands() throws IOException {
        SSLSocket tls = (SSLSocket)
                context().getSocketFactory().createSocket(connection, target.host(), address.getPort(), false);
        Set<String> suites = Set.of(tls.getSupportedCipherSuites());
        SSLParameters parameters = hello.apply(suites).to(target, suites);
        parameters.setAlgorithmConstraints(sizes);
        tls.setSSLParameters(parameters);
        try {
            tls.startHandshake();
        } finally {
            facts = facts(tls);
        }
        SSLSession session = tls.getSession();
        Ending completed = new Ending.Completed(session.getProtocol(), session.getCipherSuite());
        settled = Optional.of(completed);
        if (keys.wasAsked() && session.getProtocol().equals("TLSv1.3")) {
            awaitRefusal(tls);
        }
        end(completed);
        // A close_notify, for the server's logs. Not close(): that would read on, as long as there is something to
        // read.
        tls.shutdownOutput();
    }

    /**
     * In TLS 1.3 the client's Finished and its lack of a certificate travel together, and the handshake is over for the
     * client before the server has seen them (RFC 8446, 4.4.2.4). Its refusal comes with the first read. Who goes on
     * without a certificate waits for a request, for which there is the limit.
     */
    private void awaitRefusal(SSLSocket tls) throws IOException {
        tls.setSoTimeout(Math.toIntExact(REFUSAL.toMillis()));
        try {
            tls.getInputStream().read();
        } catch (java.net.SocketTimeoutException e) {
            // Nobody refused.
        }
    }

    private HandshakeFacts facts(SSLSocket tls) {
        SSLSession session = Optional.ofNullable(tls.getHandshakeSession()).orElseGet(tls::getSession);
        Optional<ByteBuffer> staple = session instanceof ExtendedSSLSession extended
                ? extended.getStatusResponses().stream()
                        .filter(response -> response.length > 0)
                        .findFirst()
                        .map(ByteBuffer::wrap)
                : Optional.empty();
        return new HandshakeFacts(
                Optional.empty(),
                Optional.ofNullable(tls.getApplicationProtocol()).filter(name -> !name.isEmpty()),
                staple,
                keys.wasAsked(),
                sizes.diffieHellmanBits());
    }

    /** A context of its own for every connection: a shared one would resume sessions, and no certificate be sent. */
    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, RANDOM);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    private Ending broken(Exception failure) {
        CapturingTrustManager.Seen seen = trust.seen();
        return switch (waitingFor) {
            case CONNECTION -> Failures.whileConnecting(failure, elapsed());
            case STARTTLS -> new Ending.NotUpgraded("the connection broke: " + Failures.words(failure));
            case HANDSHAKE -> {
                if (keys.wasAsked()) {
                    yield new Ending.ClientCertificateRequired(
                            seen.protocol(), seen.cipherSuite(), Failures.words(failure));
                }
                yield isOurOwnRefusal(seen, failure)
                        ? new Ending.Completed(seen.protocol(), seen.cipherSuite())
                        : Failures.inHandshake(failure);
            }
        };
    }

    /**
     * The server had agreed, and it is JSSE that goes no further: it holds the 512-bit key of an EXPORT suite against
     * {@code jdk.certpath.disabledAlgorithms}, a list for certificates, which is not ours to empty.
     */
    private static boolean isOurOwnRefusal(CapturingTrustManager.Seen seen, Exception failure) {
        return seen.cipherSuite().contains("_EXPORT_")
                && Failures.words(failure).contains("does not comply to algorithm constraints");
    }

    /** The first ending is the one; what breaks afterwards breaks because we are leaving. */
    private void end(Ending how) {
        ended.compareAndSet(null, new Ended(how, elapsed()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}

package dev.certtide.probe.visit;

import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Ending.Step;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * One connection to one address, and one handshake. {@link #run} blocks for as long as the server likes; whoever runs it
 * on a thread of its own ends it with {@link #cutOff} when the time is up. Only closing the socket does that for sure:
 * SO_TIMEOUT starts anew with every byte.
 */
final class AddressVisit implements Runnable {
    private static final Pattern RECEIVED_ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /** ENETUNREACH and EADDRNOTAVAIL, in the words of the C library, which is all that the JDK passes on. */
    private static final Pattern NO_LOCAL_ROUTE =
            Pattern.compile("Network is unreachable|Cannot assign requested address|Address family not supported");

    private final String host;
    private final InetSocketAddress address;
    /** Never by way of a SOCKS proxy from system properties: it would connect to who knows where. */
    private final Socket connection = new Socket(Proxy.NO_PROXY);

    private final CapturingTrustManager trust = new CapturingTrustManager();
    private final AtomicReference<Ended> ended = new AtomicReference<>();
    private final long started = System.nanoTime();
    private volatile Step waitingFor = Step.CONNECTION;

    AddressVisit(String host, InetSocketAddress address) {
        this.host = host;
        this.address = address;
    }

    @Override
    public void run() {
        try (connection) {
            connection.connect(address);
            waitingFor = Step.HANDSHAKE;
            shakeHands();
        } catch (IOException e) {
            end(waitingFor == Step.CONNECTION ? connectFailure(e, elapsed()) : handshakeFailure(e));
        } catch (RuntimeException e) {
            // A certificate that the JDK cannot take apart may surface as anything.
            end(handshakeFailure(e));
        }
    }

    /** Breaks off what is still going on, and says what was seen until then. */
    AddressFacts cutOff(Duration deadline) {
        end(new Ending.TimedOut(waitingFor, deadline));
        try {
            connection.close();
        } catch (IOException e) {
            // It is closed all the same, and there is nobody to tell.
        }
        return new AddressFacts(
                address, ended.get().how(), trust.chain(), ended.get().after());
    }

    private void shakeHands() throws IOException {
        SSLSocket tls =
                (SSLSocket) ClientHello.socketsWith(trust).createSocket(connection, host, address.getPort(), false);
        tls.setSSLParameters(ClientHello.parametersFor(host, Set.of(tls.getSupportedCipherSuites())));
        tls.startHandshake();
        SSLSession session = tls.getSession();
        end(new Ending.Completed(session.getProtocol(), session.getCipherSuite()));
        // A close_notify, for the server's logs. Not close(): that would read on, as long as there is something to
        // read.
        tls.shutdownOutput();
    }

    /** The first ending is the one; what breaks afterwards breaks because we are leaving. */
    private void end(Ending how) {
        ended.compareAndSet(null, new Ended(how, elapsed()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private record Ended(Ending how, Duration after) {}

    private static Ending connectFailure(IOException failure, Duration elapsed) {
        String error = String.valueOf(failure.getMessage());
        if (error.contains("timed out")) {
            // The system gave up before our deadline; how soon it does is a setting of the kernel.
            return new Ending.TimedOut(Step.CONNECTION, elapsed);
        }
        if (error.contains("Connection reset")) {
            // Only a connection that stood can be reset: the server was faster than our look at it.
            return handshakeFailure(failure);
        }
        if (NO_LOCAL_ROUTE.matcher(error).find()) {
            return new Ending.NoRoute(error);
        }
        boolean isAnswer = failure instanceof ConnectException || failure instanceof NoRouteToHostException;
        return new Ending.Refused(isAnswer ? error : failure.toString());
    }

    private static Ending handshakeFailure(Exception failure) {
        String error = Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
        var alert = RECEIVED_ALERT.matcher(error);
        return new Ending.HandshakeFailed(alert.find() ? Optional.of(alert.group(1)) : Optional.empty(), error);
    }
}

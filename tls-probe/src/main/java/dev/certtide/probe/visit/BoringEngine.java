package dev.certtide.probe.visit;

import dev.certtide.model.Target;
import dev.certtide.model.address.IpLiteral;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/**
 * BoringSSL by way of Netty's engine, without Netty's event loops: a visit has a virtual thread, and that may block.
 * Sessions are never resumed, since a resumed one shows no certificate: engines are made without a peer to remember.
 */
final class BoringEngine extends TlsEngine {
    /** As JSSE's, see {@link HandshakeLimits}; 100 KB by default. */
    private static final int LARGEST_CHAIN_BYTES = 1 << 20;

    private final Map<Object, BoringHandshake> running = new ConcurrentHashMap<>();
    private final Map<ClientHello, ReferenceCountedOpenSslContext> contexts = new ConcurrentHashMap<>();

    private BoringEngine() {}

    /** The engine, once for the process; none where its library is missing or is not for this platform. */
    static Optional<BoringEngine> loaded() {
        return Loaded.ENGINE;
    }

    /** How many handshakes hold native memory. */
    int running() {
        return running.size();
    }

    @Override
    Handshake over(Socket connection, Target target, ClientHello hello, Witness witness) throws IOException {
        // First what fails if the connection has been cut off meanwhile: nothing is held yet.
        BoringHandshake.Streams streams = BoringHandshake.Streams.of(connection);
        ReferenceCountedOpenSslEngine engine =
                (ReferenceCountedOpenSslEngine) context(hello).newEngine(UnpooledByteBufAllocator.DEFAULT);
        BoringHandshake handshake = new BoringHandshake(engine, streams, witness, running::remove);
        running.put(engine, handshake);
        try {
            if (hello.isNamed() && IpLiteral.parse(target.host()).isEmpty()) {
                // Not by SSLParameters: SNIHostName refuses underscores.
                SSL.setTlsExtHostName(engine.sslPointer(), ClientHello.withoutTrailingDot(target.host()));
            }
            return handshake;
        } catch (RuntimeException e) {
            handshake.close();
            throw e;
        }
    }

    /** One for each hello that is ever offered, of which there are two. */
    private ReferenceCountedOpenSslContext context(ClientHello hello) throws SSLException {
        ReferenceCountedOpenSslContext known = contexts.get(hello);
        if (known != null) {
            return known;
        }
        synchronized (contexts) {
            ReferenceCountedOpenSslContext context = contexts.get(hello);
            if (context == null) {
                context = newContext(hello);
                contexts.put(hello, context);
            }
            return context;
        }
    }

    private ReferenceCountedOpenSslContext newContext(ClientHello hello) throws SSLException {
        var context = (ReferenceCountedOpenSslContext) SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .protocols(hello.protocols())
                .ciphers(hello.suites(), SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(applications(hello.applications()))
                .trustManager(
                        new ChainKeeper((chain, engine) -> running.get(engine).sent(chain)))
                .keyManager(new NoClientCertificate(
                        engine -> running.get(engine).witness().isAskedForCertificate()))
                .endpointIdentificationAlgorithm(null)
                .enableOcsp(true)
                .option(OpenSslContextOption.USE_TASKS, false)
                .option(OpenSslContextOption.MAX_CERTIFICATE_LIST_BYTES, LARGEST_CHAIN_BYTES)
                .build();
        context.sessionContext().setSessionCacheEnabled(false);
        return context;
    }

    private static ApplicationProtocolConfig applications(List<String> names) {
        return names.isEmpty()
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        names);
    }

    /** Loads the library when it is first asked for. */
    private static final class Loaded {
        static final Optional<BoringEngine> ENGINE = load();

        private static Optional<BoringEngine> load() {
            // Handshakes give their memory back in one place, which is tested; sampling their stacks costs more.
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
            return OpenSsl.isAvailable() && OpenSsl.isOcspSupported()
                    ? Optional.of(new BoringEngine())
                    : Optional.empty();
        }
    }
}

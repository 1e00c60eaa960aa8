package dev.certtide.probe.visit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/**
 * Asks on behalf of one name, and not without end. dnsjava (3.6.3) counts the aliases that it follows, but when an answer
 * is an alias of another class than IN it asks the same again, for ever.
 */
final class FewQuestions implements Resolver {
    /** For both families: dnsjava follows 16 aliases. */
    private static final int MOST = 40;

    private final Resolver way;
    private final AtomicInteger asked = new AtomicInteger();

    FewQuestions(Resolver way) {
        this.way = way;
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
        return isOneTooMany() ? refused() : way.sendAsync(query);
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        return isOneTooMany() ? refused() : way.sendAsync(query, executor);
    }

    private boolean isOneTooMany() {
        return asked.incrementAndGet() > MOST;
    }

    private static CompletionStage<Message> refused() {
        return CompletableFuture.failedFuture(new IOException("the answers lead in circles"));
    }

    @Override
    public Duration getTimeout() {
        return way.getTimeout();
    }

    @Override
    public void setPort(int port) {
        throw asItIs();
    }

    @Override
    public void setTCP(boolean always) {
        throw asItIs();
    }

    @Override
    public void setIgnoreTruncation(boolean ignored) {
        throw asItIs();
    }

    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
        throw asItIs();
    }

    @Override
    public void setTSIGKey(TSIG key) {
        throw asItIs();
    }

    @Override
    public void setTimeout(Duration timeout) {
        throw asItIs();
    }

    private static UnsupportedOperationException asItIs() {
        return new UnsupportedOperationException("how it is asked is settled");
    }
}

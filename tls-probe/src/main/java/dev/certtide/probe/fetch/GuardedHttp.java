package dev.certtide.probe.fetch;

import dev.certtide.model.address.AddressGuard;
import dev.certtide.probe.visit.Resolver;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches over HTTP/1.1 from addresses that strangers' certificates name. The guard is asked about every address of the
 * host, and of the host of every redirect; the connection goes to the very address that it was asked about. Ports are 80
 * and 443, and those that the guard lets pass. Nothing is decompressed, no cookie kept, no connection reused.
 *
 * <p>However many are fetched at once, what has been received of them fills no more than 64 MB, and for the moment of a
 * copy twice that; what does not fit is refused with a {@link CongestedException}. What has been handed over is no longer
 * counted: who reads and keeps it has bounds of his own.
 */
public final class GuardedHttp implements Fetcher {
    private static final int MOST_REDIRECTS = 3;
    private static final int LONGEST_ADDRESS = 2_048;
    private static final int CHUNK = 1 << 16;

    /** For all that is being received, in chunks: 64 MB. */
    private static final int CHUNKS_AT_ONCE = 1_024;

    private static final int MOST_AT_ONCE = 32;
    private static final int MOST_OF_HOST = 16;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout SILENCE = Timeout.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** Headers may be endless too. */
    private static final Http1Config MODEST =
            Http1Config.custom().setMaxLineLength(8_192).setMaxHeaderCount(100).build();

    private final GuardedResolver resolver;
    private final Semaphore chunks = new Semaphore(CHUNKS_AT_ONCE);
    private final Places places;
    private final Duration longestWait;
    private volatile CloseableHttpClient client;

    /**
     * @param resolver finds the addresses of hosts
     * @param guard says which may be visited
     */
    public GuardedHttp(Resolver resolver, AddressGuard guard) {
        this(resolver, guard, new Places(MOST_AT_ONCE, MOST_OF_HOST), LONGEST_WAIT);
    }

    GuardedHttp(Resolver resolver, AddressGuard guard, Places places, Duration longestWait) {
        this.resolver = new GuardedResolver(resolver, guard);
        this.places = places;
        this.longestWait = longestWait;
    }

    /** Made when it is needed first: most checks of a process that has just begun need none. */
    private CloseableHttpClient http() {
        if (client == null) {
            synchronized (this) {
                if (client == null) {
                    client = newClient();
                }
            }
        }
        return client;
    }

    private CloseableHttpClient newClient() {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(MODEST)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(SILENCE)
                                .build())
                        .setMaxConnTotal(MOST_AT_ONCE)
                        .setMaxConnPerRoute(MOST_AT_ONCE)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(SILENCE)
                        .setResponseTimeout(SILENCE)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableContentCompression()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Certtide")
                .build();
    }

    @Override
    public byte[] fetch(URI uri, int largest, Duration patience) throws IOException {
        var request = new AtomicReference<HttpGet>();
        var work = new FutureTask<>(() -> follow(uri, largest, request));
        Thread thread = Thread.ofVirtual().name("fetch").start(work);
        try {
            return work.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case CongestedException congested -> congested;
                case Throwable other -> new IOException(reason(other), other);
            };
        } catch (TimeoutException e) {
            throw new IOException("it was not there after " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the fetch was interrupted");
        } finally {
            // Whatever the server is doing: timeouts start anew with every byte, a closed socket ends it.
            thread.interrupt();
            HttpGet last = request.get();
            if (last != null) {
                last.cancel();
            }
        }
    }

    private byte[] follow(URI first, int largest, AtomicReference<HttpGet> current)
            throws IOException, InterruptedException {
        URI uri = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpGet get = new HttpGet(checked(uri));
            current.set(get);
            // Cancelling closes the connection. To close the response would read the rest of its body, maybe endless.
            try (var _ = places.take(uri.getHost().toLowerCase(Locale.ROOT), longestWait);
                    Closeable _ = get::cancel) {
                ClassicHttpResponse response = http().executeOpen(null, get, null);
                if (response.getCode() == 200) {
                    return read(response, largest);
                }
                uri = redirect(uri, response);
            }
        }
        throw new IOException("it redirects more than " + MOST_REDIRECTS + " times");
    }

    private static URI redirect(URI from, ClassicHttpResponse response) throws IOException {
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        if (!REDIRECTS.contains(response.getCode()) || location == null) {
            throw new IOException("the server answered " + response.getCode());
        }
        try {
            return from.resolve(new URI(location.getValue()));
        } catch (URISyntaxException e) {
            throw new IOException("it redirects to what is no address", e);
        }
    }

    private static URI checked(URI uri) throws IOException {
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!isHttp
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || uri.toString().length() > LONGEST_ADDRESS) {
            throw new IOException("it is no address of http with a host");
        }
        return uri;
    }

    private byte[] read(ClassicHttpResponse response, int largest) throws IOException {
        if (response.getEntity() == null) {
            return new byte[0];
        }
        if (response.getEntity().getContentLength() > largest) {
            throw new IOException("it has more than " + largest + " bytes");
        }
        int held = 0;
        try {
            InputStream body = response.getEntity().getContent();
            byte[] bytes = new byte[0];
            int length = 0;
            while (true) {
                if (length == bytes.length) {
                    int larger = (int) Math.min(largest + 1L, Math.max(CHUNK, bytes.length * 2L));
                    int more = larger / CHUNK + 1 - held;
                    if (!chunks.tryAcquire(more)) {
                        throw new CongestedException("too much is being fetched at once");
                    }
                    held += more;
                    bytes = Arrays.copyOf(bytes, larger);
                }
                int count = body.read(bytes, length, bytes.length - length);
                if (count < 0) {
                    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
                }
                length += count;
                if (length > largest) {
                    throw new IOException("it has more than " + largest + " bytes");
                }
            }
        } finally {
            chunks.release(held);
        }
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}

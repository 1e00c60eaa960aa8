package dev.certtide.probe.visit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;
import org.xbill.DNS.lookup.ServerFailedException;

/**
 * Asks name servers for A and AAAA at once and follows aliases; see {@link Resolver#dns} for the reasons. One family is
 * enough: there are many servers that answer A and fail for AAAA.
 */
final class DnsResolver implements Resolver {
    /** Packets get lost when a thousand names are asked for at once, and the next try should not come too late. */
    private static final Duration ONE_QUERY = Duration.ofSeconds(1);

    private static final Duration ALL_TRIES = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    /**
     * How long the other family is waited for when one has brought addresses, at most: long enough to ask again. A quarter
     * of the time, if that is less.
     */
    private static final Duration SECOND_FAMILY = Duration.ofMillis(2_500);

    private static final Duration AMPLE = SECOND_FAMILY.multipliedBy(4);

    private static final int LONGEST_COMPLAINT = 200;

    private final org.xbill.DNS.Resolver way;
    private final Optional<HostsFileParser> hosts;

    private DnsResolver(org.xbill.DNS.Resolver way, Optional<HostsFileParser> hosts) {
        this.way = way;
        this.hosts = hosts;
    }

    /** Asks those whom the system asks, /etc/hosts first. */
    static DnsResolver ofSystemServers() {
        return new DnsResolver(
                servers(ResolverConfig.getCurrentConfig().servers()), Optional.of(new HostsFileParser()));
    }

    /** Asks these. */
    static DnsResolver of(List<InetSocketAddress> servers) {
        return by(servers(servers));
    }

    /** Asks by way of this. */
    static DnsResolver by(org.xbill.DNS.Resolver way) {
        return new DnsResolver(way, Optional.empty());
    }

    private static org.xbill.DNS.Resolver servers(List<InetSocketAddress> addresses) {
        List<org.xbill.DNS.Resolver> each = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            SimpleResolver server = new SimpleResolver(address);
            server.setTimeout(ONE_QUERY);
            each.add(server);
        }
        ExtendedResolver all = new ExtendedResolver(each);
        all.setTimeout(ALL_TRIES);
        all.setRetries(TRIES);
        return all;
    }

    @Override
    public List<InetAddress> resolve(String name) throws UnknownHostException {
        return resolve(name, AMPLE);
    }

    @Override
    public List<InetAddress> resolve(String name, Duration time) throws UnknownHostException {
        long end = System.nanoTime() + time.toNanos();
        Name question = absolute(name);
        LookupSession session = LookupSession.builder()
                .resolver(new FewQuestions(way))
                .hostsFileParser(hosts.orElse(null))
                .build();
        CompletableFuture<Answer> a = ask(session, question, Type.A);
        CompletableFuture<Answer> aaaa = ask(session, question, Type.AAAA);
        try {
            // One that brings nothing decides nothing.
            await(CompletableFuture.anyOf(orNever(a), orNever(aaaa), CompletableFuture.allOf(a, aaaa)), end);
            long patience = Math.min(SECOND_FAMILY.toNanos(), time.toNanos() / 4);
            await(CompletableFuture.allOf(a, aaaa), Math.min(end, System.nanoTime() + patience));
            return all(a.getNow(Answer.NONE_IN_TIME), aaaa.getNow(Answer.NONE_IN_TIME));
        } catch (ExecutionException e) {
            throw new IllegalStateException("answers hold their failures", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("nobody waits for the answer any more");
        }
    }

    private static void await(CompletableFuture<?> event, long until) throws ExecutionException, InterruptedException {
        try {
            event.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Then what is there by now has to do.
        }
    }

    /** Completed by addresses alone. */
    private static CompletableFuture<Answer> orNever(CompletableFuture<Answer> question) {
        return question.thenCompose(answer ->
                answer.addresses().isEmpty() ? new CompletableFuture<>() : CompletableFuture.completedFuture(answer));
    }

    /**
     * What came of a question.
     *
     * @param failure in words; none of a question whose answer is that there are no addresses
     */
    private record Answer(List<InetAddress> addresses, Optional<String> failure) {
        private static final Answer NOTHING = new Answer(List.of(), Optional.empty());
        private static final Answer NONE_IN_TIME = failed("no name server answered in time");

        private static Answer failed(String failure) {
            return new Answer(List.of(), Optional.of(failure));
        }
    }

    private static CompletableFuture<Answer> ask(LookupSession session, Name question, int type) {
        return session.lookupAsync(question, type)
                .toCompletableFuture()
                .handle((result, failure) ->
                        failure == null ? new Answer(addresses(result), Optional.empty()) : answer(failure));
    }

    /** Of the failures, the one that says more than that there is no address of that family. */
    private static List<InetAddress> all(Answer a, Answer aaaa) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>(a.addresses());
        addresses.addAll(aaaa.addresses());
        if (addresses.isEmpty()) {
            throw new UnknownHostException(a.failure().or(aaaa::failure).orElse("the name has no address"));
        }
        return addresses;
    }

    private static List<InetAddress> addresses(LookupResult result) {
        List<InetAddress> addresses = new ArrayList<>();
        for (Record record : result.getRecords()) {
            switch (record) {
                case ARecord a -> addresses.add(a.getAddress());
                case AAAARecord aaaa -> addresses.add(aaaa.getAddress());
                default -> {
                    // Signatures and the like.
                }
            }
        }
        return addresses;
    }

    private static Answer answer(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case NoSuchRRSetException none -> Answer.NOTHING;
            case NoSuchDomainException none -> Answer.failed("there is no such name (NXDOMAIN)");
            case ServerFailedException failed -> Answer.failed("the name servers failed (SERVFAIL)");
            default ->
                Answer.failed("no name server gave an answer (" + clipped(String.valueOf(cause.getMessage())) + ")");
        };
    }

    /** dnsjava quotes what a server sent, whole. */
    private static String clipped(String text) {
        return text.length() <= LONGEST_COMPLAINT ? text : text.substring(0, LONGEST_COMPLAINT) + "…";
    }

    private static Name absolute(String name) throws UnknownHostException {
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            throw new UnknownHostException("the name cannot be asked for: " + e.getMessage());
        }
    }
}

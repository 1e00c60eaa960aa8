package dev.certtide.probe.fetch;

import dev.certtide.model.address.AddressGuard;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.facts.HostFacts;
import dev.certtide.probe.memory.Recent;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.PathSearch;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.revocation.ListAddresses;
import dev.certtide.probe.revocation.RevocationList;
import dev.certtide.probe.revocation.ShortLived;
import dev.certtide.probe.trust.TrustAnchors;
import dev.certtide.probe.visit.Resolver;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches issuers that a server forgot to send, and revocation lists, and keeps both for every later check. One is made
 * for a process.
 */
public final class WebEvidence implements EvidenceSource {
    /** The largest of public authorities have some megabytes. */
    private static final int LARGEST_LIST = 32 << 20;

    private static final int LARGEST_ISSUER = 64 << 10;
    private static final long LISTS_KEPT = 64L << 20;
    private static final long ISSUERS_KEPT = 4L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ISSUER_KEPT = Duration.ofDays(3);
    private static final Duration LIST_KEPT_LONGEST = Duration.ofHours(24);
    private static final Duration LIST_KEPT_SHORTEST = Duration.ofMinutes(10);
    private static final int MOST_LEVELS = 3;
    private static final int MOST_CHAINS = 8;
    private static final int MOST_LISTS = 8;

    private final FetchCache<List<X509Certificate>> issuers;
    private final FetchCache<RevocationList> lists;

    /** Of chains that lead to an anchor as they were sent: where the lists of their paths are. */
    private final Recent<Way, PlacesOfLists> ways = new Recent<>(4_096);

    private record Way(List<X509Certificate> chain, TrustAnchors anchors) {}

    /** Where lists are, and which of them nobody can ask for. */
    private record PlacesOfLists(List<URI> addresses, List<Evidence.Missing> beyondReach) {
        private static final PlacesOfLists NONE = new PlacesOfLists(List.of(), List.of());

        static PlacesOfLists of(List<Path> paths) {
            List<X509Certificate> certificates = paths.stream()
                    .flatMap(path -> path.certificates().stream())
                    .distinct()
                    .filter(certificate -> !ShortLived.is(certificate))
                    .toList();
            return new PlacesOfLists(
                    certificates.stream()
                            .flatMap(certificate -> ListAddresses.of(certificate).stream())
                            .distinct()
                            .toList(),
                    certificates.stream()
                            .flatMap(certificate -> ListAddresses.beyondReach(certificate).entrySet().stream())
                            .map(place -> missingList(place.getKey(), place.getValue()))
                            .distinct()
                            .limit(MOST_LISTS)
                            .toList());
        }
    }

    /** With these limits for lists: the largest that is taken, and what all of them together may take. */
    public WebEvidence(Fetcher fetcher, int largestList, long listsKept) {
        this.issuers = new FetchCache<>(
                (uri, now) -> {
                    byte[] content = fetcher.fetch(uri, LARGEST_ISSUER, PATIENCE);
                    // Whose key signed a certificate does not change: where nothing newer can be had, it is as good as
                    // ever.
                    return new FetchCache.Loaded<>(
                            IssuerAddresses.read(content), 2L * content.length, now.plus(ISSUER_KEPT), Instant.MAX);
                },
                ISSUERS_KEPT);
        this.lists = new FetchCache<>((uri, now) -> list(fetcher.fetch(uri, largestList, PATIENCE), now), listsKept);
    }

    /** Fetches from where the guard lets pass; lists of up to 32 MB, and 64 MB of them are kept. */
    public static WebEvidence guarded(Resolver resolver, AddressGuard guard) {
        return new WebEvidence(new GuardedHttp(resolver, guard), LARGEST_LIST, LISTS_KEPT);
    }

    /** How the cache of revocation lists does. */
    public CacheCounts listCounts() {
        return lists.counts();
    }

    /** How the cache of issuers does. */
    public CacheCounts issuerCounts() {
        return issuers.counts();
    }

    @Override
    public Evidence gather(HostFacts facts, TrustAnchors anchors, Instant now, long deadline) {
        return facts instanceof HostFacts.Visited visited
                ? new Gathering(anchors, now, deadline).of(chains(visited))
                : Evidence.NONE;
    }

    private static List<List<X509Certificate>> chains(HostFacts.Visited visited) {
        return visited.addresses().stream()
                .map(AddressFacts::chain)
                .filter(chain -> !chain.isEmpty())
                .distinct()
                .limit(MOST_CHAINS)
                .toList();
    }

    /** What is gathered for one check. */
    private final class Gathering {
        private final TrustAnchors anchors;
        private final Instant now;
        private final long deadline;
        private final List<Evidence.Issuer> found = new ArrayList<>();
        private final Map<String, Evidence.Missing> missing = new LinkedHashMap<>();

        private Gathering(TrustAnchors anchors, Instant now, long deadline) {
            this.anchors = anchors;
            this.now = now;
            this.deadline = deadline;
        }

        Evidence of(List<List<X509Certificate>> chains) {
            Set<URI> addressesOfLists = new LinkedHashSet<>();
            for (List<X509Certificate> chain : chains) {
                PlacesOfLists places = placesFor(chain);
                addressesOfLists.addAll(places.addresses());
                places.beyondReach().forEach(place -> missing.put(place.from(), place));
            }
            Map<URI, RevocationList> fetched = fetched(addressesOfLists);
            return new Evidence(found, List.copyOf(fetched.values()), fetched.keySet(), List.copyOf(missing.values()));
        }

        private PlacesOfLists placesFor(List<X509Certificate> chain) {
            Way way = new Way(chain, anchors);
            Optional<PlacesOfLists> known = ways.get(way);
            if (known.isPresent()) {
                return known.get();
            }
            if (anchors.contains(chain.getFirst()) || Signatures.isSelfSigned(chain.getFirst())) {
                return PlacesOfLists.NONE;
            }
            int askedBefore = found.size() + missing.size();
            List<Path> paths = paths(chain);
            PlacesOfLists places = PlacesOfLists.of(paths);
            if (!paths.isEmpty() && found.size() + missing.size() == askedBefore) {
                ways.offer(way, places, 1);
            }
            return places;
        }

        /** The paths to anchors; if there are none, issuers are fetched, one level after the other. */
        private List<Path> paths(List<X509Certificate> chain) {
            Signatures signatures = new Signatures();
            List<X509Certificate> known = new ArrayList<>(chain);
            int height = 0;
            for (int level = 0; ; level++) {
                PathSearch search = new PathSearch(known, anchors::endsOfPathsWith, signatures);
                X509Certificate last = search.furthest().getLast();
                boolean isStuck = search.furthest().size() == height;
                height = search.furthest().size();
                if (!search.paths().isEmpty() || level == MOST_LEVELS || isStuck || Signatures.isSelfSigned(last)) {
                    return search.paths();
                }
                known.addAll(issuersOf(last));
            }
        }

        /** From the first place that has them. They are missing only if none has. */
        private List<X509Certificate> issuersOf(X509Certificate certificate) {
            Map<String, Evidence.Missing> inVain = new LinkedHashMap<>();
            for (URI address : IssuerAddresses.of(certificate)) {
                FetchCache.Outcome<List<X509Certificate>> outcome = issuers.get(address, now, deadline);
                if (outcome.value().isPresent()) {
                    List<X509Certificate> there = outcome.value().get();
                    there.forEach(issuer -> found.add(new Evidence.Issuer(issuer, address)));
                    return there;
                }
                inVain.put(
                        address.toString(),
                        new Evidence.Missing(Evidence.Kind.ISSUER, address.toString(), outcome.failure()));
            }
            missing.putAll(inVain);
            return List.of();
        }

        private Map<URI, RevocationList> fetched(Set<URI> addresses) {
            Map<URI, FetchCache.Entry<RevocationList>> begun = new LinkedHashMap<>();
            addresses.stream().limit(MOST_LISTS).forEach(address -> begun.put(address, lists.begin(address, now)));
            addresses.stream()
                    .skip(MOST_LISTS)
                    .forEach(address -> lacks(address, "no more than " + MOST_LISTS + " are fetched for a check"));
            Map<URI, RevocationList> fetched = new LinkedHashMap<>();
            begun.forEach((address, entry) -> {
                FetchCache.Outcome<RevocationList> outcome = lists.await(entry, deadline);
                outcome.value()
                        .ifPresentOrElse(list -> fetched.put(address, list), () -> lacks(address, outcome.failure()));
            });
            return fetched;
        }

        private void lacks(URI list, String reason) {
            missing.put(list.toString(), missingList(list.toString(), reason));
        }
    }

    private static Evidence.Missing missingList(String from, String reason) {
        return new Evidence.Missing(Evidence.Kind.REVOCATION_LIST, from, reason);
    }

    private static FetchCache.Loaded<RevocationList> list(byte[] content, Instant now) throws IOException {
        try {
            RevocationList list = RevocationList.parse(content);
            list.index();
            return new FetchCache.Loaded<>(list, list.weight(), expiry(list, now), usable(list, now));
        } catch (MalformedDerException e) {
            throw new IOException("it is no revocation list: " + e.getMessage(), e);
        }
    }

    /** A list may be fetched anew every day and be current for ten. */
    private static Instant usable(RevocationList list, Instant now) {
        Instant expiry = expiry(list, now);
        return list.nextUpdate().filter(next -> next.isAfter(expiry)).orElse(expiry);
    }

    private static Instant expiry(RevocationList list, Instant now) {
        Instant earliest = now.plus(LIST_KEPT_SHORTEST);
        Instant latest = now.plus(LIST_KEPT_LONGEST);
        Instant next = list.nextUpdate().orElse(latest);
        return next.isBefore(earliest) ? earliest : next.isAfter(latest) ? latest : next;
    }
}

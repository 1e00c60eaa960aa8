package dev.certtide.probe.trust;

import dev.certtide.probe.trust.DistrustDates.DistrustDate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates that are trusted as they are. Always read from the list that is named here; JSSE's system properties
 * ({@code javax.net.ssl.trustStore}) play no part, since AWS's runtime for Java redirects them. Immutable.
 *
 * <p>A public list also knows which of its roots browsers trust up to a date only, and which they did and do no longer.
 * Whatever is added to it by hand is trusted without such conditions, unless what is added sets its own.
 */
public final class TrustAnchors implements AnchorSource {
    private static final int DAYS_UNTIL_OLD = 180;

    private final Set<X509Certificate> trusted;
    private final Set<X509Certificate> unconditional;
    private final DistrustDates distrustDates;
    private final Optional<LocalDate> asOf;
    private final Map<X500Principal, List<X509Certificate>> bySubject;

    private TrustAnchors(
            Set<X509Certificate> trusted,
            Set<X509Certificate> unconditional,
            Stream<X509Certificate> distrusted,
            DistrustDates distrustDates,
            Optional<LocalDate> asOf) {
        this.trusted = trusted;
        this.unconditional = unconditional;
        this.distrustDates = distrustDates;
        this.asOf = asOf;
        this.bySubject = Stream.concat(trusted.stream(), distrusted)
                .distinct()
                .collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
    }

    /** These and no others, whatever browsers think of them. */
    public static TrustAnchors of(Collection<X509Certificate> certificates) {
        Set<X509Certificate> all = Set.copyOf(certificates);
        return new TrustAnchors(all, all, Stream.empty(), DistrustDates.NONE, Optional.empty());
    }

    /** The roots of a public list, as browsers trust them. */
    public static TrustAnchors of(RootBundle bundle) {
        return of(bundle, RootBundle.distrusted(), DistrustDates.published().and(bundle.distrustDates()));
    }

    /**
     * The roots of a public list, some of them up to a date only.
     *
     * @param removed roots that were on the list once and are distrusted by date: known, and not trusted
     */
    public static TrustAnchors of(RootBundle bundle, RootBundle removed, DistrustDates distrustDates) {
        return new TrustAnchors(
                Set.copyOf(bundle.certificates()),
                Set.of(),
                removed.certificates().stream(),
                distrustDates,
                bundle.asOf());
    }

    /** Mozilla's roots for TLS servers, as they came with this program. */
    public static TrustAnchors ofMozilla() {
        return Mozillas.ROOTS;
    }

    /** Reading them takes some milliseconds, and they are the same for ever. */
    private static final class Mozillas {
        private static final TrustAnchors ROOTS = of(RootBundle.mozilla());
    }

    /**
     * These and the certificates of a PEM file.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     */
    public TrustAnchors and(Path pemFile) {
        return and(certificatesOf(pemFile));
    }

    /** These, always. */
    @Override
    public TrustAnchors at(Instant now) {
        return this;
    }

    @Override
    public TrustAnchors and(Collection<X509Certificate> certificates) {
        return and(new RootBundle(List.copyOf(certificates), Optional.empty()));
    }

    @Override
    public TrustAnchors and(RootBundle bundle) {
        Set<X509Certificate> all = new HashSet<>(trusted);
        all.addAll(bundle.certificates());
        Set<X509Certificate> more = new HashSet<>(unconditional);
        bundle.certificates().stream()
                .filter(root -> bundle.distrustDates().of(root).isEmpty())
                .forEach(more::add);
        return new TrustAnchors(
                all,
                more,
                bySubject.values().stream().flatMap(List::stream),
                distrustDates.and(bundle.distrustDates()),
                asOf);
    }

    /**
     * The certificates of a PEM file, with the conditions that it sets: see {@link RootBundle#parse}.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     */
    public static RootBundle certificatesOf(Path pemFile) {
        try {
            return RootBundle.parse(Files.readAllBytes(pemFile));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + pemFile, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no certificates can be read from " + pemFile + ": " + e.getMessage(), e);
        }
    }

    /** How many are trusted. */
    public int size() {
        return trusted.size();
    }

    /** The day of which the public list is; none if there is no such list. */
    public Optional<LocalDate> asOf() {
        return asOf;
    }

    /** Whether the public list is of more than 180 days ago, three or so of Mozilla's later ones; not if no day is known. */
    public boolean isOld(Instant now) {
        return asOf.map(day -> day.plusDays(DAYS_UNTIL_OLD)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant())
                .filter(now::isAfter)
                .isPresent();
    }

    /** Whether the public list is of an earlier day than the other one, as far as both days are known. */
    public boolean isOlderThan(TrustAnchors other) {
        return asOf.isPresent() && other.asOf.filter(asOf.get()::isBefore).isPresent();
    }

    /** Whether this very certificate is trusted. */
    public boolean contains(X509Certificate certificate) {
        return trusted.contains(certificate);
    }

    /** Trusted ones with that name. */
    public List<X509Certificate> withSubject(X500Principal subject) {
        return endsOfPathsWith(subject).stream().filter(trusted::contains).toList();
    }

    /** Where paths may end: also at roots that were trusted once. */
    public List<X509Certificate> endsOfPathsWith(X500Principal subject) {
        return bySubject.getOrDefault(subject, List.of());
    }

    /** Up to when the root is trusted, if not for ever. */
    public Optional<DistrustDate> distrustDate(X509Certificate root) {
        return unconditional.contains(root) ? Optional.empty() : distrustDates.of(root);
    }

    /** Whether what was issued at that instant is refused below a root that is distrusted by date. */
    public boolean isRefused(X509Certificate root, DistrustDate distrust, Instant issued) {
        return !trusted.contains(root) || issued.isAfter(distrust.last());
    }
}

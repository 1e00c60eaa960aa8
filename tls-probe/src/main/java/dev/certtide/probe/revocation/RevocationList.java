package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.GeneralName;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Oids;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate revocation list (RFC 5280, 5.1), read by walking its DER: entries are never turned into objects, of which
 * large authorities' lists would make hundreds of thousands. Immutable.
 */
public final class RevocationList {
    /** Several keys may be tried: of namesakes, and of cross-signed authorities. */
    private static final int KEYS_REMEMBERED = 8;

    /** Real lists have a handful; each takes much more memory as an object than its few bytes here. */
    private static final int MOST_EXTENSIONS = 100;

    private static final int LONGEST_NAME = 16 << 10;

    /** What a list takes however short it is: objects, some extensions, keys remembered. */
    private static final int OVERHEAD = 4_096;

    private final int length;
    private final Signed signed;
    private final X500Principal issuer;
    private final Instant thisUpdate;
    private final Optional<Instant> nextUpdate;
    private final Optional<Der> entries;
    private final Map<String, Extension> extensions;
    private final Map<PublicKey, Boolean> signers = new ConcurrentHashMap<>();
    private volatile SerialIndex index;

    record Extension(boolean isCritical, Der value) {}

    /**
     * That a certificate is on the list.
     *
     * @param date since when
     * @param reason CRLReason (5.3.1), 0 if none is given
     */
    public record Entry(Instant date, int reason) {
        static final int CERTIFICATE_HOLD = 6;
        static final int REMOVE_FROM_LIST = 8;
    }

    private RevocationList(
            int length,
            Signed signed,
            X500Principal issuer,
            Instant thisUpdate,
            Optional<Instant> nextUpdate,
            Optional<Der> entries,
            Map<String, Extension> extensions) {
        this.length = length;
        this.signed = signed;
        this.issuer = issuer;
        this.thisUpdate = thisUpdate;
        this.nextUpdate = nextUpdate;
        this.entries = entries;
        this.extensions = Map.copyOf(extensions);
    }

    /**
     * Reads a list.
     *
     * @param der the encoded list, not PEM
     * @throws MalformedDerException if it is none
     */
    public static RevocationList parse(byte[] der) {
        Signed signed = Signed.read(Der.parse(der).as(Der.SEQUENCE).reader());
        Der.Reader reader = signed.content().reader();
        reader.nextIf(Der.INTEGER);
        reader.next(Der.SEQUENCE);
        X500Principal issuer = principal(reader.next(Der.SEQUENCE));
        Instant thisUpdate = Times.instant(reader.next());
        Optional<Instant> nextUpdate = reader.nextIf(Der.UTC_TIME)
                .or(() -> reader.nextIf(Der.GENERALIZED_TIME))
                .map(Times::instant);
        Optional<Der> entries = reader.nextIf(Der.SEQUENCE);
        Map<String, Extension> extensions = reader.nextIf(Der.context(0, true))
                .map(explicit -> extensions(explicit.reader().next(Der.SEQUENCE)))
                .orElse(Map.of());
        return new RevocationList(der.length, signed, issuer, thisUpdate, nextUpdate, entries, extensions);
    }

    public X500Principal issuer() {
        return issuer;
    }

    public Instant thisUpdate() {
        return thisUpdate;
    }

    public Optional<Instant> nextUpdate() {
        return nextUpdate;
    }

    /** Whether the list bears this issuer's name and is signed by its key. */
    public boolean isOf(X509Certificate issuer) {
        return this.issuer.equals(issuer.getSubjectX500Principal()) && isSignedBy(issuer.getPublicKey());
    }

    /** Whether that key has signed the list. Found out once for each key: to digest megabytes takes milliseconds. */
    boolean isSignedBy(PublicKey key) {
        Boolean known = signers.get(key);
        if (known == null) {
            known = signed.isBy(key);
            if (signers.size() < KEYS_REMEMBERED) {
                signers.put(key, known);
            }
        }
        return known;
    }

    /**
     * The most memory that the list takes, about, in bytes. All that it was read from is kept; the signature and the
     * extensions are copies besides, and of somebody's list who means no good they may be all that there is.
     */
    public long weight() {
        return OVERHEAD + 2L * length + (index == null ? 0 : index.weight());
    }

    /**
     * Prepares {@link #find} for many certificates; without it the first that is looked up pays for the others.
     *
     * @throws MalformedDerException if an entry is broken
     */
    public void index() {
        if (index == null) {
            index = SerialIndex.of(entries);
        }
    }

    Optional<Der> extension(String oid) {
        return Optional.ofNullable(extensions.get(oid)).map(Extension::value);
    }

    /** Whether it has that extension. */
    public boolean has(String oid) {
        return extensions.containsKey(oid);
    }

    /** Whether it has that extension, and says that who does not know it must not use the list. */
    public boolean isCritical(String oid) {
        return extensions.containsKey(oid) && extensions.get(oid).isCritical();
    }

    /** Whether there is a critical extension besides these. */
    boolean hasCriticalExtensionBut(Set<String> understood) {
        return extensions.entrySet().stream()
                .anyMatch(extension -> extension.getValue().isCritical() && !understood.contains(extension.getKey()));
    }

    /** The list's number (5.2.3), or in a delta the number of the list that it is based on (5.2.4). */
    Optional<BigInteger> number(String oid) {
        return extension(oid).map(value -> value.as(Der.INTEGER).integer());
    }

    /** Whether this is just what has changed since another list. */
    boolean isDelta() {
        return extensions.containsKey(Oids.DELTA_CRL_INDICATOR);
    }

    /**
     * What the list says of a certificate, empty if it is not on it.
     *
     * @throws MalformedDerException if an entry on the way is broken, or has a critical extension that nobody knows
     */
    public Optional<Entry> find(BigInteger serialNumber, X500Principal certificateIssuer) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        if (ListScope.of(this).isIndirect()) {
            return findAmongSeveralIssuers(serialNumber, certificateIssuer);
        }
        if (!issuer.equals(certificateIssuer)) {
            return Optional.empty();
        }
        index();
        return index.find(serialNumber.toByteArray()).map(found -> {
            Der.Reader entry = found.reader();
            entry.next(Der.INTEGER);
            Instant date = Times.instant(entry.next());
            return entry(date, entry.nextIf(Der.SEQUENCE));
        });
    }

    /** In a list for several authorities, an entry's authority holds for those after it too (5.3.3). */
    private Optional<Entry> findAmongSeveralIssuers(BigInteger serialNumber, X500Principal certificateIssuer) {
        byte[] serial = serialNumber.toByteArray();
        X500Principal of = issuer;
        Optional<Entry> found = Optional.empty();
        for (Der.Reader reader = entries.orElseThrow().reader(); reader.hasMore(); ) {
            Der.Reader entry = reader.next(Der.SEQUENCE).reader();
            Der number = entry.next(Der.INTEGER);
            Der date = entry.next();
            Optional<Der> more = entry.nextIf(Der.SEQUENCE);
            if (more.isPresent()) {
                of = certificateIssuer(more.get()).orElse(of);
            }
            if (number.hasContent(serial) && of.equals(certificateIssuer)) {
                found = Optional.of(entry(Times.instant(date), more));
            }
        }
        return found;
    }

    private static Entry entry(Instant date, Optional<Der> extensions) {
        extensions.ifPresent(RevocationList::certificateIssuer);
        return new Entry(date, extensions.map(RevocationList::reason).orElse(0));
    }

    static Map<String, Extension> extensions(Der list) {
        Map<String, Extension> extensions = new HashMap<>();
        for (Der.Reader all = list.reader(); all.hasMore(); ) {
            if (extensions.size() == MOST_EXTENSIONS) {
                throw new MalformedDerException("more than " + MOST_EXTENSIONS + " extensions");
            }
            Der.Reader reader = all.next(Der.SEQUENCE).reader();
            String oid = reader.next(Der.OBJECT_IDENTIFIER).oid();
            boolean isCritical = reader.nextIf(Der.BOOLEAN).map(Der::bool).orElse(false);
            Der value = Der.parse(reader.next(Der.OCTET_STRING).content());
            if (extensions.put(oid, new Extension(isCritical, value)) != null) {
                throw new MalformedDerException("the extension " + oid + " twice");
            }
        }
        return extensions;
    }

    /** Also refuses what has to be understood and is not. */
    private static Optional<X500Principal> certificateIssuer(Der entryExtensions) {
        Map<String, Extension> extensions = extensions(entryExtensions);
        extensions.forEach((oid, extension) -> {
            if (extension.isCritical() && !oid.equals(Oids.CERTIFICATE_ISSUER) && !oid.equals(Oids.REASON_CODE)) {
                throw new MalformedDerException("a critical extension of an entry that nobody knows, " + oid);
            }
        });
        return Optional.ofNullable(extensions.get(Oids.CERTIFICATE_ISSUER))
                .flatMap(extension -> extension.value().as(Der.SEQUENCE).children().stream()
                        .filter(name -> GeneralName.of(name) instanceof GeneralName.Directory)
                        .findFirst()
                        .map(name -> principal(name.reader().next())));
    }

    private static int reason(Der entryExtensions) {
        return Optional.ofNullable(extensions(entryExtensions).get(Oids.REASON_CODE))
                .map(extension -> extension.value().as(Der.ENUMERATED).count())
                .orElse(0);
    }

    private static X500Principal principal(Der name) {
        if (name.length() > LONGEST_NAME) {
            throw new MalformedDerException("a distinguished name of " + name.length() + " bytes");
        }
        try {
            return new X500Principal(name.encoded());
        } catch (IllegalArgumentException e) {
            throw new MalformedDerException("a distinguished name that is none");
        }
    }
}

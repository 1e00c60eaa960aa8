package dev.certtide.probe.facts;

import dev.certtide.probe.revocation.RevocationList;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was fetched besides what the server sent: what its certificates refer to.
 *
 * @param issuers certificates above those that were sent
 * @param lists revocation lists, not verified yet
 * @param placesOfLists where these were; none if that is not known
 * @param missing what could not be had; it makes no finding, at most another sentence of one
 */
public record Evidence(
        List<Issuer> issuers, List<RevocationList> lists, Set<URI> placesOfLists, List<Missing> missing) {
    /** Nothing was fetched. */
    public static final Evidence NONE = new Evidence(List.of(), List.of(), List.of());

    public Evidence {
        issuers = List.copyOf(issuers);
        lists = List.copyOf(lists);
        placesOfLists = Set.copyOf(placesOfLists);
        missing = List.copyOf(missing);
    }

    /** Lists from nowhere in particular. */
    public Evidence(List<Issuer> issuers, List<RevocationList> lists, List<Missing> missing) {
        this(issuers, lists, Set.of(), missing);
    }

    /** The same, with more that is missing. */
    public Evidence lacking(List<Missing> more) {
        return more.isEmpty()
                ? this
                : new Evidence(
                        issuers,
                        lists,
                        placesOfLists,
                        Stream.concat(missing.stream(), more.stream()).toList());
    }

    /**
     * A certificate that another one names as its issuer's.
     *
     * @param certificate what was there
     * @param from where it was
     */
    public record Issuer(X509Certificate certificate, URI from) {}

    /** What may be missing. */
    public enum Kind {
        ISSUER,
        REVOCATION_LIST
    }

    /**
     * What a certificate refers to and could not be had, or not be used.
     *
     * @param from where it should be, as the certificate has it: not always an address that anybody can ask
     * @param reason why not, for people
     */
    public record Missing(Kind kind, String from, String reason) {}
}

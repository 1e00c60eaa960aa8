package dev.certtide.probe.facts;

import dev.certtide.probe.revocation.RevocationList;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * What was fetched besides what the server sent: what its certificates refer to.
 *
 * @param issuers certificates above those that were sent
 * @param lists revocation lists, not verified yet
 * @param missing what could not be had, and why, for people
 */
public record Evidence(List<Issuer> issuers, List<RevocationList> lists, Map<URI, String> missing) {
    /** Nothing was fetched. */
    public static final Evidence NONE = new Evidence(List.of(), List.of(), Map.of());

    public Evidence {
        issuers = List.copyOf(issuers);
        lists = List.copyOf(lists);
        missing = Map.copyOf(missing);
    }

    /**
     * A certificate that another one names as its issuer's.
     *
     * @param certificate what was there
     * @param from where it was
     */
    public record Issuer(X509Certificate certificate, URI from) {}
}

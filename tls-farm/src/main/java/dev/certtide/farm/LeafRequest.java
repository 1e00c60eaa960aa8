package dev.certtide.farm;

import java.util.List;

/**
 * What a server certificate shall say.
 *
 * @param commonName the subject's common name; clients ignore it (RFC 9525, 6.3), people read it
 * @param names subject alternative names: DNS names (wildcards too) and IP literals; empty for a certificate with none
 * @param validity when it is valid
 */
public record LeafRequest(String commonName, List<String> names, Validity validity) {
    public LeafRequest {
        names = List.copyOf(names);
    }

    /** A certificate for one name, which is common name and alternative name alike. */
    public static LeafRequest forName(String name, Validity validity) {
        return new LeafRequest(name, List.of(name), validity);
    }
}

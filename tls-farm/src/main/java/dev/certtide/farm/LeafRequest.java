package dev.certtide.farm;

import java.util.List;

/**
 * What a server certificate shall say.
 *
 * @param commonName the subject's common name; clients ignore it (RFC 9525, 6.3), people read it
 * @param names subject alternative names: DNS names (wildcards too) and IP literals; empty for a certificate with none
 * @param validity when it is valid
 * @param purpose what its extended key usage says that it is for
 * @param key what kind of key it certifies
 */
public record LeafRequest(String commonName, List<String> names, Validity validity, Purpose purpose, KeyKind key) {
    /** Extended key usages, RFC 5280, 4.2.1.12. */
    public enum Purpose {
        SERVER,
        CLIENT
    }

    public LeafRequest {
        names = List.copyOf(names);
    }

    /** A certificate for an EC P-256 key. */
    public LeafRequest(String commonName, List<String> names, Validity validity, Purpose purpose) {
        this(commonName, names, validity, purpose, KeyKind.EC_P256);
    }

    /** A certificate for servers. */
    public LeafRequest(String commonName, List<String> names, Validity validity) {
        this(commonName, names, validity, Purpose.SERVER);
    }

    /** A certificate for one name, which is common name and alternative name alike. */
    public static LeafRequest forName(String name, Validity validity) {
        return new LeafRequest(name, List.of(name), validity);
    }

    /** The same for a key of this kind. */
    public LeafRequest with(KeyKind kind) {
        return new LeafRequest(commonName, names, validity, purpose, kind);
    }

    /** The same for these names. */
    public LeafRequest naming(List<String> others) {
        return new LeafRequest(commonName, others, validity, purpose, key);
    }
}

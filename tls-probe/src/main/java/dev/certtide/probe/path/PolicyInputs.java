package dev.certtide.probe.path;

import java.util.Set;

/**
 * What RFC 5280, 6.1.1 (c) to (g) lets a user say about policies.
 *
 * @param acceptable the policies that will do; empty for any
 * @param needsPolicy the path has to be good for one of them (initial-explicit-policy)
 * @param inhibitsMapping policies of one authority do not stand for those of another
 * @param inhibitsAny anyPolicy stands for no policy
 */
public record PolicyInputs(Set<String> acceptable, boolean needsPolicy, boolean inhibitsMapping, boolean inhibitsAny) {
    /** What TLS clients do: any policy will do, and none is asked for unless a certificate on the path does. */
    public static final PolicyInputs TLS = new PolicyInputs(Set.of(), false, false, false);

    public PolicyInputs {
        acceptable = Set.copyOf(acceptable);
    }
}

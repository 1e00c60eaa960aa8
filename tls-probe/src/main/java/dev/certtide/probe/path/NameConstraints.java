package dev.certtide.probe.path;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name space that a CA's certificate leaves to what is below it (RFC 5280, 4.2.1.10).
 *
 * @param permitted for each form with an entry, a name of that form has to lie in one of these subtrees
 * @param excluded no name may lie in one of these
 */
public record NameConstraints(List<GeneralName> permitted, List<GeneralName> excluded) {
    public NameConstraints {
        permitted = List.copyOf(permitted);
        excluded = List.copyOf(excluded);
    }

    /**
     * The constraints of a certificate, if it has some.
     *
     * @throws MalformedDerException if they cannot be read, or say what no client can follow (a mask that is no mask)
     */
    public static Optional<NameConstraints> of(X509Certificate certificate) {
        return Extensions.of(certificate, Oids.NAME_CONSTRAINTS).map(NameConstraints::of);
    }

    /** How many subtrees there are. */
    public int size() {
        return permitted.size() + excluded.size();
    }

    /** Why this name is outside, for people; empty if it is inside. */
    Optional<String> refusalOf(GeneralName name) {
        boolean isWellFormed = NameSubtrees.isWellFormed(name);
        for (GeneralName subtree : excluded) {
            // Of a malformed name or an unknown form nobody can say that it is outside.
            if (NameSubtrees.isSameForm(subtree, name) && (!isWellFormed || NameSubtrees.touches(subtree, name))) {
                return Optional.of("in a subtree that is excluded");
            }
        }
        boolean isConstrained = false;
        for (GeneralName subtree : permitted) {
            if (NameSubtrees.isSameForm(subtree, name)) {
                isConstrained = true;
                if (isWellFormed && NameSubtrees.holds(subtree, name)) {
                    return Optional.empty();
                }
            }
        }
        return isConstrained ? Optional.of("in no subtree that is permitted") : Optional.empty();
    }

    private static NameConstraints of(Der constraints) {
        Der.Reader reader = constraints.as(Der.SEQUENCE).reader();
        List<GeneralName> permitted = subtrees(reader.nextIf(Der.context(0, true)));
        List<GeneralName> excluded = subtrees(reader.nextIf(Der.context(1, true)));
        if (reader.hasMore()) {
            throw new MalformedDerException("something that is no subtree");
        }
        return new NameConstraints(permitted, excluded);
    }

    private static List<GeneralName> subtrees(Optional<Der> list) {
        List<GeneralName> subtrees = new ArrayList<>();
        for (Der subtree : list.map(Der::children).orElse(List.of())) {
            // minimum and maximum follow: they are 0 and absent, and no client heeds them.
            GeneralName base = GeneralName.of(subtree.as(Der.SEQUENCE).reader().next());
            NameSubtrees.requireMeaning(base);
            subtrees.add(base);
        }
        return subtrees;
    }
}

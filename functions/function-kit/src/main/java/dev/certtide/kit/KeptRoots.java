package dev.certtide.kit;

import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import java.util.List;
import java.util.Optional;

/**
 * The private roots in the table {@code Config}: by their names, and by the targets that were ever watched with them. What
 * is kept under a name never changes.
 */
public final class KeptRoots {
    private static final String ROOTS = "ROOTS#";
    private static final String SORT_KEY = "ROOTS";
    private static final String PEM = "pem";

    private final Table config;

    /** Private roots in that table. */
    public KeptRoots(Table config) {
        this.config = config;
    }

    /**
     * Keeps them, if they are not kept already.
     *
     * @param target one that names them
     */
    public void keep(Target target, PrivateRoots roots) {
        config.put(Item.of(ROOTS + roots.name(), SORT_KEY).with(PEM, roots.pem()), Condition.absent());
        config.put(Item.of(Config.pk(target.byPublicRoots()), ROOTS + roots.name()), Condition.absent());
    }

    /**
     * Those of that name, if they are kept.
     *
     * @throws IllegalStateException when what is kept is something else: nobody is to be trusted whom nobody named
     */
    public Optional<PrivateRoots> find(String name) {
        var roots = config.get(ROOTS + name, SORT_KEY).map(item -> PrivateRoots.parse(item.get(PEM)));
        if (!roots.map(PrivateRoots::name).orElse(name).equals(name)) {
            throw new IllegalStateException("What is kept as the private roots " + name + " is something else");
        }
        return roots;
    }

    /** The targets at the same place that were ever watched with private roots. */
    public List<Target> targetsBeside(Target target) {
        return config.query(Config.pk(target.byPublicRoots()), ROOTS).stream()
                .map(item -> target.trusting(item.sk().substring(ROOTS.length())))
                .toList();
    }
}

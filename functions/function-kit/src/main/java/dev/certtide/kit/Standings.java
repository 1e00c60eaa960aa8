package dev.certtide.kit;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the targets stand, and in whose incidents they take part: items of the table {@code Results}. */
public final class Standings {
    private static final String STANDING = "STANDING";
    private static final String JSON = "standing";
    private static final String MEMBER = "MEMBER#";
    private static final String CAUSES = "causes";

    private final Table table;

    /** Standings in that table. */
    public Standings(Table results) {
        this.table = results;
    }

    /** How a target stands, if it was ever in trouble. */
    public Optional<Standing> of(Target target) {
        return table.get(Config.pk(target), STANDING).map(item -> Json.read(Standing.class, item.get(JSON)));
    }

    /**
     * Puts a standing in the place of the one it was made from.
     *
     * @param before the standing that {@link #of} gave
     * @return false when somebody else was faster; read it again then
     */
    public boolean put(Standing standing, Optional<Standing> before) {
        return table.put(
                Item.of(Config.pk(standing.target()), STANDING).with(JSON, Json.write(standing)),
                before.map(old -> Condition.equal(JSON, Json.write(old))).orElse(Condition.absent()));
    }

    /** The causes of the incidents that a target takes part in, by owner. */
    public Map<Owner, Set<Cause>> causes(Target target) {
        return table.query(Config.pk(target), MEMBER).stream()
                .collect(Collectors.toMap(item -> new Owner(item.sk().substring(MEMBER.length())), Standings::causes));
    }

    /** Records in which incidents of an owner a target takes part. */
    public void put(Target target, Owner owner, Set<Cause> causes) {
        if (causes.isEmpty()) {
            table.delete(Config.pk(target), MEMBER + owner);
            return;
        }
        var all = causes.stream().map(Json::write).sorted().collect(Collectors.joining(",", "[", "]"));
        table.put(Item.of(Config.pk(target), MEMBER + owner).with(CAUSES, all));
    }

    private static Set<Cause> causes(Item item) {
        return ((List<?>) Json.readTree(item.get(CAUSES)))
                .stream().map(one -> Json.read(Cause.class, Json.write(one))).collect(Collectors.toSet());
    }
}

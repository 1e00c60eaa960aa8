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
    private final JsonItems<Standing> standings;

    /** Standings in that table. */
    public Standings(Table results) {
        this.table = results;
        this.standings = new JsonItems<>(results, Standing.class, JSON);
    }

    /** How a target stands, if it was ever in trouble. */
    public Optional<Standing> of(Target target) {
        return standings.find(Config.pk(target), STANDING);
    }

    /**
     * Puts a standing in the place of the one it was made from.
     *
     * @param before the standing that {@link #of} gave
     * @return false when somebody else was faster; read it again then
     */
    public boolean put(Standing standing, Optional<Standing> before) {
        return standings.replace(Config.pk(standing.target()), STANDING, standing, before);
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

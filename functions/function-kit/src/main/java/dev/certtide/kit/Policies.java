package dev.certtide.kit;

import dev.certtide.model.Owner;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;

/** The policies of owners, in the table {@code Config}. Those of single watches are in the watches. */
public final class Policies {
    private static final String POLICY = "POLICY";
    private static final String POLICY_JSON = "policy";

    private final Table table;

    /** Policies in that table. */
    public Policies(Table config) {
        this.table = config;
    }

    /** What an owner wants of all its watches; {@link Policy#NONE} when it never said. */
    public Policy of(Owner owner) {
        return table.get(pk(owner), POLICY)
                .map(item -> Json.read(Policy.class, item.get(POLICY_JSON)))
                .orElse(Policy.NONE);
    }

    /** Has an owner want that, whatever it was. */
    public void put(Owner owner, Policy policy) {
        table.put(Item.of(pk(owner), POLICY).with(POLICY_JSON, Json.write(policy)));
    }

    /** Forgets what an owner wants, if it is known. */
    public void remove(Owner owner) {
        table.delete(pk(owner), POLICY);
    }

    private static String pk(Owner owner) {
        return "OWNER#" + owner.id();
    }
}

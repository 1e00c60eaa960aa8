package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.model.Owner;
import dev.certtide.model.policy.Policy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class PoliciesTest {
    private static final Owner JANE = new Owner("jane");
    private static final Policy MANUAL = Policy.parse("{\"profile\": \"manual\", \"levels\": {\"sms\": \"critical\"}}");

    private Table table;
    private Policies policies;

    @BeforeEach
    void policiesInANewTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
        policies = new Policies(table);
    }

    @Test
    void anOwnersPolicyReadsBackIsReplacedAndForgotten() {
        assertEquals(Policy.NONE, policies.of(JANE));
        policies.put(JANE, MANUAL);
        assertEquals(MANUAL, policies.of(JANE));
        policies.put(JANE, Policy.parse("{\"warning\": \"20d\"}"));
        assertEquals(Policy.parse("{\"warning\": \"20d\"}"), policies.of(JANE), "it is replaced as a whole");
        policies.remove(JANE);
        policies.remove(JANE);
        assertEquals(Policy.NONE, policies.of(JANE));
    }

    @Test
    void everyOwnerHasAPolicyOfItsOwn() {
        policies.put(JANE, MANUAL);
        assertEquals(Policy.NONE, policies.of(new Owner("jane2")));
        assertEquals(Policy.NONE, policies.of(Owner.DEFAULT));
    }

    @Test
    void aPolicyLiesWhereTheTablesPageSays() {
        policies.put(JANE, MANUAL);
        assertEquals(
                "{\"profile\":\"manual\",\"levels\":{\"sms\":\"critical\"}}",
                table.get("OWNER#jane", "POLICY").orElseThrow().get("policy"));
    }

    @Test
    void aPolicyOfANewerVersionIsReadAsFarAsItIsKnown() {
        table.put(Item.of("OWNER#jane", "POLICY").with("policy", "{\"future\": true, \"warning\": \"20d\"}"));
        assertEquals(Policy.parse("{\"warning\": \"20d\"}"), policies.of(JANE));
    }
}

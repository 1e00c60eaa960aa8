package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.PrivateCas;
import dev.certtide.model.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Engines.class)
class KeptRootsTest {
    private static final String NAME = PrivateCas.INTERNAL.name();
    private static final Target WIKI = Target.parse("wiki.example");

    private Table table;
    private KeptRoots kept;

    @BeforeEach
    void inANewTable(LocalDynamoDb dynamoDb) {
        table = dynamoDb.table();
        kept = new KeptRoots(table);
    }

    @Test
    void rootsAreFoundByTheirNameAndTheirTargetsByTheirPlace() {
        kept.keep(WIKI.trusting(NAME), PrivateCas.INTERNAL);
        kept.keep(WIKI.trusting(NAME), PrivateCas.INTERNAL);

        assertEquals(Optional.of(PrivateCas.INTERNAL), kept.find(NAME));
        assertEquals(Optional.empty(), kept.find(PrivateCas.OTHER.name()));
        assertEquals(List.of(WIKI.trusting(NAME)), kept.targetsBeside(WIKI));
        assertEquals(List.of(WIKI.trusting(NAME)), kept.targetsBeside(WIKI.trusting(PrivateCas.OTHER.name())));
        assertEquals(List.of(), kept.targetsBeside(Target.parse("wiki.example:8443")));
        assertEquals(List.of(), new Config(table).watches(WIKI), "it is no watch");
    }

    @Test
    void whatWasPutUnderAnothersNameIsTrustedByNobody() {
        table.put(Item.of("ROOTS#" + NAME, "ROOTS").with("pem", PrivateCas.OTHER.pem()));

        assertThrows(IllegalStateException.class, () -> kept.find(NAME));
    }
}

package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.RemovalPolicy;

class StageTest {
    @ParameterizedTest
    @EnumSource
    void aStageIsFoundByItsId(Stage stage) {
        assertSame(stage, Stage.named(stage.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "production", "PROD", " dev", "local,dev"})
    void anythingElseIsRefusedWithTheChoices(String unknown) {
        var refused = assertThrows(InvalidContextException.class, () -> Stage.named(unknown));
        assertEquals(
                "context 'stage' is '" + unknown
                        + "'; use one of local, dev, prod, for example: npx cdk synth -c stage=dev",
                refused.getMessage());
    }

    @Test
    void aMissingStageIsNamedAsMissing() {
        var refused = assertThrows(InvalidContextException.class, () -> Stage.named(null));
        assertTrue(refused.getMessage().startsWith("context 'stage' is missing; use one of local, dev, prod"));
    }

    @Test
    void onlyProductionKeepsItsDataWhenTheStackGoes() {
        assertSame(RemovalPolicy.DESTROY, Stage.LOCAL.tableRemoval());
        assertSame(RemovalPolicy.DESTROY, Stage.DEV.tableRemoval());
        assertSame(RemovalPolicy.RETAIN, Stage.PROD.tableRemoval());
        assertTrue(Stage.PROD.deletionProtected());
        assertFalse(Stage.DEV.deletionProtected());
    }

    @Test
    void snapshotsNeedAwsAndCanariesNeedTraffic() {
        assertFalse(Stage.LOCAL.snapStart());
        assertTrue(Stage.DEV.snapStart());
        assertTrue(Stage.PROD.snapStart());
        assertFalse(Stage.LOCAL.canary());
        assertFalse(Stage.DEV.canary());
        assertTrue(Stage.PROD.canary());
    }

    @Test
    void developmentCostsAFifthButNeverLessThanLambdaAccepts() {
        assertEquals(10, Stage.DEV.concurrency(50));
        assertEquals(2, Stage.DEV.concurrency(5));
        assertEquals(50, Stage.PROD.concurrency(50));
        assertEquals(50, Stage.LOCAL.concurrency(50));
    }

    @Test
    void namesSayWhoseTheyAreAndWhere() {
        assertEquals("certtide-prod-new_url", Stage.PROD.physicalName("new_url"));
        assertEquals("/certtide/local/new-url-topic-arn", Stage.LOCAL.parameterName("new-url-topic-arn"));
    }
}

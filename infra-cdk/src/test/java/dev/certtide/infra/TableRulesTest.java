package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.assertions.Match;

class TableRulesTest {
    private static final String TABLE = "AWS::DynamoDB::Table";

    @ParameterizedTest
    @EnumSource
    void everyTableIsPaidPerRequestAndRestorable(Stage stage) {
        var stack = Synthesized.of(stage).assertions();
        stack.resourceCountIs(TABLE, 4);
        stack.allResourcesProperties(
                TABLE,
                Map.of(
                        "BillingMode", "PAY_PER_REQUEST",
                        "PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", true),
                        "KeySchema",
                                List.of(
                                        Map.of("AttributeName", "pk", "KeyType", "HASH"),
                                        Map.of("AttributeName", "sk", "KeyType", "RANGE"))));
    }

    @ParameterizedTest
    @EnumSource
    void tablesOutliveTheStackInProductionOnly(Stage stage) {
        var kept = stage == Stage.PROD;
        for (var table : Synthesized.of(stage).all(TABLE)) {
            assertEquals(kept, table.property("DeletionProtectionEnabled").asBoolean(), table.id());
            assertEquals(
                    kept ? "Retain" : "Delete",
                    table.json().path("DeletionPolicy").asText(),
                    table.id());
            assertEquals(
                    kept ? "Retain" : "Delete",
                    table.json().path("UpdateReplacePolicy").asText(),
                    table.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTableWithSecretsIsEncryptedWithAKeyOfThisAccountThatOnlyDynamoDbUses(Stage stage) {
        var stack = Synthesized.of(stage);
        var keys = stack.all("AWS::KMS::Key");
        assertEquals(1, keys.size());
        var key = keys.getFirst();
        assertTrue(key.property("EnableKeyRotation").asBoolean());
        assertEquals(
                stage == Stage.PROD ? "Retain" : "Delete",
                key.json().path("DeletionPolicy").asText());
        stack.assertions()
                .hasResourceProperties(
                        TABLE,
                        Map.of(
                                "TableName",
                                stage.physicalName("Config"),
                                "SSESpecification",
                                Map.of(
                                        "SSEEnabled",
                                        true,
                                        "SSEType",
                                        "KMS",
                                        "KMSMasterKeyId",
                                        Map.of("Fn::GetAtt", List.of(key.id(), "Arn")))));
        for (var statement : key.property("KeyPolicy").path("Statement")) {
            var everybody = statement.path("Principal").path("AWS").asText().equals("*");
            assertEquals(
                    everybody,
                    statement.path("Condition").path("StringEquals").has("kms:ViaService"),
                    statement::toString);
            assertEquals(
                    everybody,
                    statement.path("Condition").path("StringEquals").has("kms:CallerAccount"),
                    statement::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingButMarketingMayExpire(Stage stage) {
        var expiring = Synthesized.of(stage).all(TABLE).stream()
                .filter(table -> table.property("TimeToLiveSpecification")
                        .path("Enabled")
                        .asBoolean())
                .map(table -> table.shortName("TableName") + "."
                        + table.property("TimeToLiveSpecification")
                                .path("AttributeName")
                                .asText())
                .collect(Collectors.toSet());
        assertEquals(Set.of("Config.expiresAt", "Dedup.expiresAt", "Results.expiresAt"), expiring);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDueAndWhatAnOwnerWatchesAreFoundByIndexesOfConfig(Stage stage) {
        var stack = Synthesized.of(stage);
        stack.assertions()
                .hasResourceProperties(
                        TABLE,
                        Map.of(
                                "TableName", stage.physicalName("Config"),
                                "GlobalSecondaryIndexes",
                                        List.of(
                                                Map.of(
                                                        "IndexName", "due",
                                                        "KeySchema",
                                                                List.of(
                                                                        Map.of(
                                                                                "AttributeName",
                                                                                "due",
                                                                                "KeyType",
                                                                                "HASH"),
                                                                        Map.of(
                                                                                "AttributeName",
                                                                                "dueKey",
                                                                                "KeyType",
                                                                                "RANGE")),
                                                        "Projection", Map.of("ProjectionType", "ALL")),
                                                Map.of(
                                                        "IndexName", "owner",
                                                        "KeySchema",
                                                                List.of(
                                                                        Map.of(
                                                                                "AttributeName",
                                                                                "owner",
                                                                                "KeyType",
                                                                                "HASH"),
                                                                        Map.of(
                                                                                "AttributeName",
                                                                                "pk",
                                                                                "KeyType",
                                                                                "RANGE")),
                                                        "Projection", Map.of("ProjectionType", "KEYS_ONLY"))),
                                "AttributeDefinitions",
                                        Match.arrayWith(List.of(
                                                Map.of("AttributeName", "due", "AttributeType", "S"),
                                                Map.of("AttributeName", "dueKey", "AttributeType", "S")))));
        var indexed = stack.all(TABLE).stream()
                .filter(table -> table.property("GlobalSecondaryIndexes").isArray())
                .count();
        assertEquals(1, indexed);
    }
}

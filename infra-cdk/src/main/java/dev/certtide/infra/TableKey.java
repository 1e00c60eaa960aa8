package dev.certtide.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * A key of this account that DynamoDB encrypts a table with. Each use is on record in CloudTrail, and whoever disables the
 * key closes the table.
 */
final class TableKey {
    private TableKey() {}

    /**
     * A key for one table, turned over every year by KMS. It goes with the table, a month after it.
     *
     * <p>Who may read the table may have DynamoDB decrypt it, as with DynamoDB's own key, and nobody may decrypt with it
     * otherwise: see <a
     * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html">encryption at
     * rest</a>. So roles of other tools need no more than the table's permissions.
     */
    static Key of(Construct table, CerttideStack stack, String name) {
        var key = Key.Builder.create(table, "Key")
                .alias("alias/" + stack.stage().physicalName(name))
                .description("Encrypts the table " + stack.stage().physicalName(name))
                .enableKeyRotation(true)
                .removalPolicy(stack.stage().tableRemoval())
                .build();
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("WhoeverMayUseTheTable")
                .principals(List.of(new AnyPrincipal()))
                .actions(List.of(
                        "kms:Encrypt",
                        "kms:Decrypt",
                        "kms:ReEncrypt*",
                        "kms:GenerateDataKey*",
                        "kms:DescribeKey",
                        "kms:CreateGrant"))
                .resources(List.of("*"))
                .conditions(Map.of(
                        "StringEquals",
                        Map.of(
                                "kms:CallerAccount",
                                stack.getAccount(),
                                "kms:ViaService",
                                "dynamodb." + stack.getRegion() + ".amazonaws.com")))
                .build());
        return key;
    }
}

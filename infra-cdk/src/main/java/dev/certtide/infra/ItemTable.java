package dev.certtide.infra;

import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.constructs.Construct;

/**
 * A table with string keys {@code pk} and {@code sk}, paid per request, restorable to any second of the last 35 days.
 *
 * <p>{@code Table}, not {@code TableV2}: that one synthesizes to a global table, which emulators do not know.
 */
final class ItemTable extends Construct {
    private static final String EXPIRY = "expiresAt";

    private final String name;
    private final Table table;

    private ItemTable(CerttideStack stack, String name, boolean expiring, boolean ownKey) {
        super(stack, name);
        this.name = name;
        var stage = stack.stage();
        var builder = Table.Builder.create(this, "Table")
                .tableName(stage.physicalName(name))
                .partitionKey(string("pk"))
                .sortKey(string("sk"))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(stage.deletionProtected())
                .removalPolicy(stage.tableRemoval());
        if (expiring) {
            builder.timeToLiveAttribute(EXPIRY);
        }
        if (ownKey) {
            builder.encryption(TableEncryption.CUSTOMER_MANAGED).encryptionKey(TableKey.of(this, stack, name));
        }
        this.table = builder.build();
    }

    /** A table whose items stay until somebody deletes them. */
    static ItemTable lasting(CerttideStack stack, String name) {
        return new ItemTable(stack, name, false, false);
    }

    /** A table whose items DynamoDB deletes some time after the epoch second in their {@code expiresAt}. */
    static ItemTable expiring(CerttideStack stack, String name) {
        return new ItemTable(stack, name, true, false);
    }

    /** The same, encrypted with a key of this account: for a table that holds secrets. */
    static ItemTable expiringWithKey(CerttideStack stack, String name) {
        return new ItemTable(stack, name, true, true);
    }

    /** Adds an index with whole items. It is sparse: only items that have the partition key are in it. */
    ItemTable withIndex(String index, String partitionKey, String sortKey) {
        return withIndex(index, partitionKey, sortKey, ProjectionType.ALL);
    }

    /** The same with nothing but the items' keys: it is written only when an item comes into it or goes out of it. */
    ItemTable withKeyIndex(String index, String partitionKey, String sortKey) {
        return withIndex(index, partitionKey, sortKey, ProjectionType.KEYS_ONLY);
    }

    private ItemTable withIndex(String index, String partitionKey, String sortKey, ProjectionType projected) {
        table.addGlobalSecondaryIndex(GlobalSecondaryIndexProps.builder()
                .indexName(index)
                .partitionKey(string(partitionKey))
                .sortKey(string(sortKey))
                .projectionType(projected)
                .build());
        return this;
    }

    /** {@code Config}, {@code Dedup}, ... */
    String name() {
        return name;
    }

    /** Its name in AWS. */
    String physicalName() {
        return table.getTableName();
    }

    String arn() {
        return table.getTableArn();
    }

    String indexArn(String index) {
        return table.getTableArn() + "/index/" + index;
    }

    private static Attribute string(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}

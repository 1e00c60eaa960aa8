package dev.certtide.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DynamoDB table.
 *
 * @param definition members of a {@code CreateTable} request as JSON documents, which the resource shares by name
 * @param timeToLiveAttribute the attribute with the epoch second at which an item expires
 */
public record TableSpec(String name, Map<String, String> definition, Optional<String> timeToLiveAttribute) {

    static TableSpec read(Resource resource) {
        return resource.read(properties -> {
            properties.withoutEffect(
                    "TableName",
                    "PointInTimeRecoverySpecification",
                    "SSESpecification",
                    "DeletionProtectionEnabled",
                    "ContributorInsightsSpecification",
                    "TableClass",
                    "OnDemandThroughput",
                    "WarmThroughput",
                    "Tags");
            var definition = new LinkedHashMap<String, String>();
            for (var shared : List.of(
                    "AttributeDefinitions",
                    "KeySchema",
                    "GlobalSecondaryIndexes",
                    "LocalSecondaryIndexes",
                    "ProvisionedThroughput")) {
                properties.document(shared).ifPresent(value -> definition.put(shared, value));
            }
            properties.text("BillingMode").ifPresent(mode -> definition.put("BillingMode", '"' + mode + '"'));
            var timeToLive = properties.object(
                    "TimeToLiveSpecification",
                    ttl -> ttl.flag("Enabled", true)
                            ? ttl.text("AttributeName")
                            : ttl.text("AttributeName").filter(_ -> false));
            return new TableSpec(resource.ref(), definition, timeToLive.flatMap(attribute -> attribute));
        });
    }
}

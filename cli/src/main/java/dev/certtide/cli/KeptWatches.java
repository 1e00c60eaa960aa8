package dev.certtide.cli;

import dev.certtide.model.Owner;
import dev.certtide.model.Watch;
import dev.certtide.model.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** The watches in the table {@code Config}, as {@code docs/contracts/tables.md} describes it. */
final class KeptWatches {
    /** Amazon DynamoDB API Reference, "BatchGetItem". */
    private static final int MOST_KEYS = 100;

    private final Cloud cloud;

    KeptWatches(Cloud cloud) {
        this.cloud = cloud;
    }

    /** Gives each watch, of one owner or of all; in no order. They are not held. */
    void forEach(Optional<Owner> owner, Consumer<Watch> each) {
        cloud.withDynamoDb(dynamoDb -> {
            // Who is nobody in particular is not in the index.
            if (owner.filter(some -> !some.equals(Owner.DEFAULT)).isPresent()) {
                listed(dynamoDb, owner.get(), each);
            } else {
                all(dynamoDb, watch -> {
                    if (owner.isEmpty() || owner.get().equals(watch.owner())) {
                        each.accept(watch);
                    }
                });
            }
            return null;
        });
    }

    private void all(DynamoDbClient dynamoDb, Consumer<Watch> each) {
        dynamoDb.scanPaginator(request -> request.tableName(cloud.table("Config"))
                        .filterExpression("begins_with(sk, :watch) AND attribute_exists(#watch)")
                        .projectionExpression("#watch")
                        .expressionAttributeNames(Map.of("#watch", "watch"))
                        .expressionAttributeValues(Map.of(":watch", AttributeValue.fromS("WATCH#"))))
                .items()
                .forEach(item -> each.accept(watch(item)));
    }

    private void listed(DynamoDbClient dynamoDb, Owner owner, Consumer<Watch> each) {
        dynamoDb
                .queryPaginator(request -> request.tableName(cloud.table("Config"))
                        .indexName("owner")
                        .keyConditionExpression("#owner = :owner")
                        .expressionAttributeNames(Map.of("#owner", "owner"))
                        .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(owner.id()))))
                .items()
                .stream()
                .map(item -> Map.of("pk", item.get("pk"), "sk", item.get("sk")))
                .gather(Gatherers.windowFixed(MOST_KEYS))
                .forEach(keys -> get(dynamoDb, keys, each));
    }

    private void get(DynamoDbClient dynamoDb, List<Map<String, AttributeValue>> keys, Consumer<Watch> each) {
        var wanted = KeysAndAttributes.builder().keys(keys).build();
        // What did not fit into one response is asked for again until all is there.
        dynamoDb.batchGetItemPaginator(request -> request.requestItems(Map.of(cloud.table("Config"), wanted))).stream()
                .flatMap(page -> page.responses().getOrDefault(cloud.table("Config"), List.of()).stream())
                .filter(item -> item.containsKey("watch")) // Removed just now.
                .forEach(item -> each.accept(watch(item)));
    }

    private static Watch watch(Map<String, AttributeValue> item) {
        return Json.read(Watch.class, item.get("watch").s());
    }
}

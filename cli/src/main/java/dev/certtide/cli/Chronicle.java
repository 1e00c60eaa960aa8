package dev.certtide.cli;

import dev.certtide.cli.TargetStory.Chapter;
import dev.certtide.cli.TargetStory.Part;
import dev.certtide.kit.Config;
import dev.certtide.kit.Item;
import dev.certtide.kit.KeptRoots;
import dev.certtide.kit.Policies;
import dev.certtide.kit.Results;
import dev.certtide.kit.Runs;
import dev.certtide.kit.Standings;
import dev.certtide.kit.Table;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the stories of targets from the tables. */
final class Chronicle {
    private static final String TARGET = "TARGET#";
    private static final String WATCH = "WATCH#";

    private final Cloud cloud;
    private final DynamoDbClient dynamoDb;
    private final Table config;
    private final Table results;
    private final KeptIncidents incidents;

    /** Of a stage. */
    Chronicle(Cloud cloud, DynamoDbClient dynamoDb) {
        this.cloud = cloud;
        this.dynamoDb = dynamoDb;
        config = new Table(dynamoDb, cloud.table("Config"));
        results = new Table(dynamoDb, cloud.table("Results"));
        incidents = new KeptIncidents(cloud, dynamoDb);
    }

    /**
     * The targets that somebody means: the one that is named, or that of https if it is known, and those of the same place
     * that are checked by private roots; otherwise all of the host that were ever asked for, for which the table is read
     * page by page.
     */
    List<Target> meant(HostPattern host) {
        var target = host.target();
        if (target.roots().isPresent()) {
            return List.of(target);
        }
        var beside = new KeptRoots(config).targetsBeside(target);
        if (isKnown(target) || host.isExact() && beside.isEmpty()) {
            return Stream.concat(Stream.of(target), beside.stream()).toList();
        }
        if (host.isExact()) {
            return beside;
        }
        var found = dynamoDb
                .scanPaginator(request -> request.tableName(cloud.table("Config"))
                        .filterExpression("begins_with(sk, :watch) AND contains(pk, :host)")
                        .projectionExpression("pk")
                        .expressionAttributeValues(Map.of(
                                ":watch", AttributeValue.fromS(WATCH),
                                ":host", AttributeValue.fromS(host.target().host()))))
                .items()
                .stream()
                .map(item -> Target.ofId(item.get("pk").s().substring(TARGET.length())))
                .filter(host::matches)
                .distinct()
                .toList();
        return found.isEmpty() ? List.of(target) : found;
    }

    private boolean isKnown(Target target) {
        return !config.query(pk(target), WATCH, 1).isEmpty()
                || new Results(results).latest(target).isPresent();
    }

    /** What is known of a target; of one owner, or of all. */
    TargetStory of(Target target, Optional<Owner> owner, Instant now) {
        var latest = new Results(results).latest(target);
        var scheduledAt = Optional.ofNullable(
                new Config(config).scheduledAt(List.of(target)).get(target));
        var standings = new Standings(results);
        var standing = standings.of(target);
        var causes = standings.causes(target);
        var watches = new TreeMap<String, Item>();
        config.query(pk(target), WATCH).forEach(item -> watches.put(item.sk().substring(WATCH.length()), item));
        var owners = Stream.concat(
                        Stream.concat(
                                watches.keySet().stream(),
                                causes.keySet().stream().map(Owner::id)),
                        owner.stream().map(Owner::id))
                .distinct()
                .map(Owner::new)
                .filter(one -> owner.isEmpty() || owner.get().equals(one))
                .map(one -> part(
                        one,
                        Optional.ofNullable(watches.get(one.id())),
                        causes(target, standing, causes.getOrDefault(one, Set.of()))))
                .filter(part -> part.changedAt().isPresent() || !part.chapters().isEmpty())
                .toList();
        return new TargetStory(
                target,
                latest,
                latest.map(result -> new Runs(results).lastChecked(result, scheduledAt, now)),
                standing,
                owner,
                owners);
    }

    /** Those that it takes part in, and those that it may have taken part in, since it would now. */
    private static List<String> causes(Target target, Optional<Standing> standing, Set<Cause> present) {
        return Stream.of(
                        Stream.of(Cause.of(target)),
                        present.stream(),
                        standing.flatMap(Standing::intermediate).stream(),
                        standing.flatMap(Standing::authority).stream())
                .flatMap(some -> some)
                .map(Cause::id)
                .distinct()
                .toList();
    }

    private Part part(Owner owner, Optional<Item> item, List<String> causes) {
        var watch = item.flatMap(kept -> kept.find("watch")).map(text -> Json.read(Watch.class, text));
        var ofOwner = new Policies(config).of(owner);
        return new Part(
                owner,
                watch,
                item.flatMap(kept -> kept.find("changedAt"))
                        .map(Instant::parse)
                        .or(() -> watch.map(Watch::addedAt)), // From before changes were kept.
                watch.map(one -> one.policy().over(ofOwner)).orElse(ofOwner),
                causes.stream()
                        .flatMap(cause -> incidents.find(owner, cause).stream())
                        .map(newest -> new Chapter(newest, incidents.wholeStory(newest)))
                        .toList());
    }

    private static String pk(Target target) {
        return TARGET + target.id();
    }
}

package dev.certtide.cli;

import dev.certtide.kit.Incidents;
import dev.certtide.kit.Table;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.json.Json;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The incidents in the table {@code Results}, to be listed and looked up. Of one owner's, those that are open are read by
 * their key; everything else reads the whole table page by page, which is fine for a person who asks now and then.
 */
final class KeptIncidents {
    private static final String OPEN = "OPEN#";
    private static final String OWNER = "OWNER#";
    private static final String ID = "inc_";
    private static final Comparator<Incident> WORST_FIRST = Comparator.comparing(Incident::level)
            .reversed()
            .thenComparing(Incident::since)
            .thenComparing(Incident::id);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Incidents incidents;

    /** Those of a stage. */
    KeptIncidents(Cloud cloud, DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
        this.table = cloud.table("Results");
        this.incidents = new Incidents(new Table(dynamoDb, table));
    }

    /** Those that are open, worst first; of one owner or of all. */
    List<Incident> open(Optional<Owner> owner) {
        return owner.map(one -> incidents.open(one).stream())
                .orElseGet(this::allOpen)
                .sorted(WORST_FIRST)
                .toList();
    }

    private Stream<Incident> allOpen() {
        return scan("begins_with(pk, :owner) AND begins_with(sk, :open)", Map.of(":owner", OWNER, ":open", OPEN))
                .flatMap(item -> incidents
                        .find(
                                new Owner(item.get("pk").s().substring(OWNER.length())),
                                item.get("sk").s().substring(OPEN.length()))
                        .stream())
                .filter(Incident::isOpen);
    }

    /** Of each owner and cause the newest, be it over or not, worst first. */
    List<Incident> newest(Optional<Owner> owner) {
        var of = "INCIDENT#" + owner.map(one -> one + "#").orElse("");
        return scan("begins_with(pk, :of) AND sk = :incident", Map.of(":of", of, ":incident", "INCIDENT"))
                .map(item -> Json.read(Incident.class, item.get("incident").s()))
                .sorted(Comparator.comparing(Incident::isOpen).reversed().thenComparing(WORST_FIRST))
                .toList();
    }

    /**
     * Those that somebody means: by the beginning of an id, or by a host. Of those that are over, only if none is open.
     *
     * @throws InvalidInputException when there is none
     */
    List<Incident> meant(String which, Optional<Owner> owner) {
        var matching = matching(open(owner), which);
        var found = matching.isEmpty() ? matching(newest(owner), which) : matching;
        if (found.isEmpty()) {
            throw new InvalidInputException(
                    which,
                    "no incident" + owner.map(one -> " of " + one).orElse("")
                            + (which.startsWith(ID) ? " has an id that begins so" : " is about that host")
                            + "; `certtide incidents ls --all` lists them");
        }
        return found;
    }

    /**
     * The open one that somebody means.
     *
     * @throws InvalidInputException when there is none, or more than one, or it is over
     */
    Incident meantToBeAnswered(String which, Optional<Owner> owner) {
        var found = meant(which, owner);
        if (found.size() > 1) {
            var ids = found.stream()
                    .limit(5)
                    .map(incident -> incident.id() + " of " + incident.owner())
                    .toList();
            throw new InvalidInputException(
                    which,
                    "is not the only one: " + String.join(", ", ids) + (found.size() > ids.size() ? ", …" : "")
                            + "; write more of the id, or whose it is with --owner");
        }
        var incident = found.getFirst();
        if (!incident.isOpen()) {
            throw new InvalidInputException(
                    incident.id(),
                    "has been over since " + Span.date(incident.resolvedAt().orElseThrow())
                            + "; there is nothing to say to it");
        }
        return incident;
    }

    /** As it is now. */
    Optional<Incident> again(Incident incident) {
        return incidents.find(incident.owner(), incident.cause().id());
    }

    /** The targets that take part. */
    List<Target> members(Incident incident) {
        return incident.cause().target().map(List::of).orElseGet(() -> incidents.members(incident));
    }

    /** What happened, and what was decided about telling it. */
    List<Happening> story(Incident incident) {
        return Happening.inOrder(
                incidents.steps(incident.owner(), incident.cause().id()).stream()
                        .filter(step -> step.incident().equals(incident.id()))
                        .toList(),
                incidents.decisions(incident));
    }

    /** The same of all incidents of that owner and cause. */
    List<Happening> wholeStory(Incident newest) {
        var cause = newest.cause().id();
        return Happening.inOrder(incidents.steps(newest.owner(), cause), incidents.decisions(newest.owner(), cause));
    }

    /** The newest incident of an owner and a cause. */
    Optional<Incident> find(Owner owner, String cause) {
        return incidents.find(owner, cause);
    }

    private List<Incident> matching(List<Incident> some, String which) {
        if (which.startsWith(ID)) {
            return some.stream()
                    .filter(incident -> incident.id().startsWith(which))
                    .toList();
        }
        var host = new HostPattern(which);
        return some.stream()
                .filter(incident -> members(incident).stream().anyMatch(host::matches))
                .toList();
    }

    private Stream<Map<String, AttributeValue>> scan(String filter, Map<String, String> values) {
        var texts = new HashMap<String, AttributeValue>();
        values.forEach((name, value) -> texts.put(name, AttributeValue.fromS(value)));
        return dynamoDb
                .scanPaginator(request ->
                        request.tableName(table).filterExpression(filter).expressionAttributeValues(texts))
                .items()
                .stream();
    }
}

package dev.certtide.failures;

import dev.certtide.kit.Item;
import dev.certtide.model.Channel;
import dev.certtide.model.event.Notification.Kind;
import dev.certtide.model.event.Notification.Line;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.json.Json;
import java.util.List;
import java.util.Optional;

/** Something that waits for its summary. */
record Gathered(Item item) {
    String incident() {
        return item.get("incident");
    }

    String cause() {
        return item.get("cause");
    }

    Line line() {
        return Json.read(Line.class, item.get("line"));
    }

    Decision decision() {
        return Json.read(Decision.class, item.get("decision"));
    }

    /** Whether {@code other} told of the same trouble, by itself or in a summary before this one. */
    private boolean isHeardBefore(Decision other) {
        var decision = decision();
        boolean isEarlier = other.at().isBefore(decision.at()) && !other.at().isBefore(line().since());
        boolean isTold = other.outcome() == Decision.Outcome.TOLD && other.kind() != Kind.ACKNOWLEDGED
                || other.outcome() == Decision.Outcome.GATHERED
                        && other.until().orElseThrow().isBefore(decision.until().orElseThrow());
        return isEarlier && isTold && other.round() == decision.round();
    }

    /** The same of what is known to have begun. */
    private Gathered goingOn() {
        var line = line();
        if (line.kind() != Kind.OPENED) {
            return this;
        }
        var kind = decision().step().startsWith("reminder-") ? Kind.REMINDER : Kind.CHANGED;
        var other = new Line(line.target(), kind, line.status(), line.headline(), line.since());
        return new Gathered(item.with("line", Json.write(other)));
    }

    List<Channel> channels(String attribute) {
        return ((List<?>) Json.readTree(item.find(attribute).orElse("[]")))
                .stream().map(one -> Json.read(Channel.class, Json.write(one))).toList();
    }

    /** What is left to tell of it by now, by what was decided about its cause. */
    Optional<Gathered> news(List<Decision> ledger) {
        var known = ledger.stream()
                .filter(other -> other.channel().equals(decision().channel()))
                .toList();
        if (known.stream().anyMatch(other -> isOvertaken(decision(), other))) {
            return Optional.empty();
        }
        boolean isBeginning = line().kind() == Kind.OPENED && known.stream().noneMatch(this::isHeardBefore);
        return Optional.of(isBeginning ? this : goingOn());
    }

    /**
     * Whether something of the same cause was told at once since, be it of the next incident, who heard which would be
     * misled; or its owner does not want to hear of it any more.
     */
    private static boolean isOvertaken(Decision gathered, Decision other) {
        boolean isTold = other.outcome() == Decision.Outcome.TOLD && other.kind() != Kind.ACKNOWLEDGED;
        return !other.at().isBefore(gathered.at()) && (isTold || other.rule().equals(Rules.NOT_WATCHED));
    }
}

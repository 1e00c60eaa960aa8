package dev.certtide.model.policy;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Policies as JSON trees: what is absent or empty is left out. Equal policies are written alike. */
public final class PolicyTree {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private PolicyTree() {}

    /** The tree of a policy: maps, lists, texts, whole numbers, and {@link dev.certtide.model.Channel}s as they are. */
    public static Map<String, Object> of(Policy policy) {
        return new PolicyTree()
                .with("profile", policy.profile().map(Profile::word))
                .with("warning", policy.warning().map(Margin::toString))
                .with("critical", policy.critical().map(Margin::toString))
                .with("ignore", policy.ignore().stream().map(FindingCode::code).toList())
                .with("remindEvery", policy.remindEvery().map(Interval::toString))
                .with("escalation", policy.escalation().map(PolicyTree::of))
                .with(
                        "quietHours",
                        policy.quietHours().stream().map(PolicyTree::of).toList())
                .with(
                        "maintenance",
                        policy.maintenance().stream().map(PolicyTree::of).toList())
                .with("digest", policy.digest().map(PolicyTree::of))
                .with("levels", levels(policy.levels()))
                .with("mostAtOnce", policy.mostAtOnce().map(Integer::longValue))
                .fields;
    }

    private static Map<String, Object> of(Escalation escalation) {
        return new PolicyTree()
                .with("after", Optional.of(escalation.after().toString()))
                .with("channels", escalation.channels())
                .fields;
    }

    private static Map<String, Object> of(QuietHours hours) {
        return new PolicyTree()
                .with("days", hours.days().stream().map(PolicyWords::word).toList())
                .with("from", Optional.of(hours.from().toString()))
                .with("to", Optional.of(hours.to().toString()))
                .with("zone", Optional.of(hours.zone().getId()))
                .with("except", hours.except().map(Status::word))
                .fields;
    }

    private static Map<String, Object> of(Maintenance window) {
        return new PolicyTree()
                .with("from", Optional.of(window.from().toString()))
                .with("to", Optional.of(window.to().toString()))
                .with("note", window.note())
                .fields;
    }

    private static Map<String, Object> of(Digest digest) {
        return new PolicyTree()
                .with("every", Optional.of(digest.day().isPresent() ? "weekly" : "daily"))
                .with("day", digest.day().map(PolicyWords::word))
                .with("at", Optional.of(digest.at().toString()))
                .with("zone", Optional.of(digest.zone().getId()))
                .with("upTo", Optional.of(digest.upTo().word()))
                .fields;
    }

    private static Optional<Map<String, Object>> levels(Map<String, Status> levels) {
        var tree = new LinkedHashMap<String, Object>();
        new TreeMap<>(levels).forEach((channel, level) -> tree.put(channel, level.word()));
        return Optional.<Map<String, Object>>of(tree).filter(some -> !some.isEmpty());
    }

    private PolicyTree with(String name, Optional<?> value) {
        value.ifPresent(some -> fields.put(name, some));
        return this;
    }

    private PolicyTree with(String name, List<?> values) {
        return with(name, Optional.of(values).filter(some -> !some.isEmpty()));
    }
}

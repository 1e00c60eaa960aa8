package dev.certtide.recheck;

import dev.certtide.kit.Condition;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The {@link Backlog} in the table {@code Dedup}: one item, read once and written once a minute. */
final class Cursor {
    private static final String PK = "recheck#cursor";
    private static final String SK = "CURSOR";
    private static final String REVISION = "revision";

    private final Table dedup;

    Cursor(Table dedup) {
        this.dedup = dedup;
    }

    /**
     * What was there.
     *
     * @param backlog nothing before the first round
     * @param revision names this state of the item
     */
    record Position(Optional<Backlog> backlog, Optional<String> revision) {}

    Position read() {
        var item = dedup.get(PK, SK);
        return new Position(item.map(Cursor::backlog), item.map(there -> there.get(REVISION)));
    }

    /** Writes it unless somebody else has written since {@code before} was read; tells whether it did. */
    boolean write(Backlog backlog, Position before) {
        var missed = Optional.of(BacklogText.write(backlog.missed())).filter(text -> !text.isEmpty());
        return dedup.put(
                Item.of(PK, SK)
                        .with("through", backlog.through().toString())
                        .with("left", backlog.left())
                        .with("missed", missed)
                        .with(REVISION, UUID.randomUUID().toString()),
                before.revision()
                        .map(revision -> Condition.equal(REVISION, revision))
                        .orElseGet(Condition::absent));
    }

    private static Backlog backlog(Item item) {
        return new Backlog(
                Instant.parse(item.get("through")),
                item.findNumber("left").map(Long::intValue).orElse(Backlog.MINUTES),
                BacklogText.read(item.find("missed").orElse("")));
    }
}

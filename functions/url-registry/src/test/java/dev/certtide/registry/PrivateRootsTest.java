package dev.certtide.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.Config;
import dev.certtide.kit.KeptRoots;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.kit.engine.PrivateCas;
import dev.certtide.model.Owner;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.json.Json;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.Message;

/** Watches with private roots are others than those of the same URL without, or with others. */
@ExtendWith(Engines.class)
class PrivateRootsTest {
    private static final PrivateRoots ROOTS = PrivateCas.INTERNAL;
    private static final PrivateRoots OTHERS = PrivateCas.OTHER;
    private static final Target WIKI = Target.parse("wiki.example");

    private Registered registered;
    private Config config;
    private KeptRoots kept;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        registered = new Registered(dynamoDb, sqs, Map.of("CERTTIDE_MAX_WATCHES_PER_OWNER", "3"));
        config = registered.config();
        kept = registered.roots();
    }

    @Test
    void eachIsWatchedAndScheduledByItselfAndItsRootsAreKept() {
        handle("added", "jane", ROOTS.pem());
        handle("added", "joe", OTHERS.pem());
        handle("added", "jim", null);

        assertEquals(List.of("jane"), owners(WIKI.trusting(ROOTS.name())));
        assertEquals(List.of("joe"), owners(WIKI.trusting(OTHERS.name())));
        assertEquals(List.of("jim"), owners(WIKI));
        assertEquals(List.of(new Due(WIKI, false)), due(WIKI));
        assertEquals(
                List.of(new Due(WIKI.trusting(ROOTS.name()), false)),
                due(WIKI.trusting(ROOTS.name())),
                "the schedule tells the checker which roots");
        assertEquals(Optional.of(ROOTS), kept.find(ROOTS.name()));
        assertEquals(Optional.of(OTHERS), kept.find(OTHERS.name()));
        assertEquals(
                List.of(ROOTS.name(), OTHERS.name()).stream().sorted().toList(),
                kept.targetsBeside(WIKI).stream()
                        .map(target -> target.roots().orElseThrow())
                        .toList());
        assertEquals(List.of(), registered.deadLetters());
    }

    @Test
    void whoSendsTheSameRootsOrTheirNameMeansTheSameWatch() {
        var target = WIKI.trusting(ROOTS.name());
        handle("added", "jane", ROOTS.pem());
        handle("added", "joe", ROOTS.name());
        assertEquals(List.of("jane", "joe"), owners(target));

        handle("paused", "jane", ROOTS.pem().replace("\n", "\r\n"));
        assertTrue(config.watches(target).getFirst().paused());
        handle("resumed", "jane", ROOTS.name());
        assertEquals(false, config.watches(target).getFirst().paused());
        handle("removed", "jane", ROOTS.pem());
        handle("removed", "joe", ROOTS.name());
        assertEquals(List.of(), config.watches(target));
        assertEquals(List.of(), due(target));
        assertEquals(List.of(), registered.deadLetters());
    }

    @Test
    void anAdditionThatNamesRootsWhichNobodySentIsKeptAsADeadLetter() {
        handle("added", "jane", ROOTS.name());

        assertEquals(List.of(), config.watches(WIKI.trusting(ROOTS.name())));
        assertEquals(List.of(), due(WIKI.trusting(ROOTS.name())));
        refused("data.privateRoots", "are not known by this name; send the certificates themselves, as PEM");
        assertTrue(
                registered.logged().stream().noneMatch(line -> line.contains("OwnerLimitExceeded")),
                "it is not for its owner's limits");

        registered.handle("[" + event("added", "jane", ROOTS.name()) + "," + event("added", "joe", ROOTS.pem()) + "]");
        assertEquals(List.of("jane", "joe"), owners(WIKI.trusting(ROOTS.name())), "it came with another event");
    }

    /** Passed over in silence, its owner would be told of trouble for ever. */
    @Test
    void aRemovalThatLeavesTheRootsOutIsRefusedIfNoOtherWatchCanBeMeant() {
        handle("added", "jane", ROOTS.pem());
        handle("removed", "joe", null);
        assertEquals(List.of(), registered.deadLetters(), "it is not joe's");

        for (var type : List.of("removed", "paused", "resumed")) {
            handle(type, "jane", null);
            refused(
                    "data.privateRoots",
                    "is missing: this URL is watched with private roots for this owner; send them again, or their name");
        }
        assertEquals(List.of("jane"), owners(WIKI.trusting(ROOTS.name())));

        handle("added", "jane", null);
        handle("removed", "jane", null);
        handle("removed", "jane", null);
        assertEquals(List.of(), registered.deadLetters());
        assertEquals(List.of("jane"), owners(WIKI.trusting(ROOTS.name())));
    }

    @Test
    void whatExceedsTheOwnersWatchesLeavesNothing() {
        handle("added", "jane", null);
        handle("added", "jane", OTHERS.pem());
        handle("added", "jane", PrivateCas.THIRD.pem());
        handle("added", "jane", ROOTS.pem());

        assertEquals(List.of(), config.watches(WIKI.trusting(ROOTS.name())));
        assertEquals(Optional.empty(), kept.find(ROOTS.name()));
        assertEquals(1, registered.deadLetters().size());
    }

    @Test
    void aPrivateKeyStaysNowhere() {
        var key = "-----BEGIN EC PRIVATE KEY-----\ns3cret\n-----END EC PRIVATE KEY-----\n";
        handle("added", "jane", ROOTS.pem() + key + OTHERS.pem());
        handle("added", "jane", key.substring(0, 40));

        var letters = registered.deadLetters();
        assertEquals(2, letters.size());
        for (var letter : letters) {
            assertTrue(letter.body().contains("(a private key, left out)"), letter.body());
            assertTrue(letter.body().contains("\"owner\":\"jane\""), "the rest is as it was: " + letter.body());
            assertTrue(!(letter.body() + letter.messageAttributes()).contains("s3cret"), letter.body());
            Json.readTree(letter.body());
        }
        assertTrue(registered.logged().stream().noneMatch(line -> line.contains("s3cret")));
    }

    private void refused(String field, String problem) {
        var letters = registered.deadLetters();
        assertEquals(1, letters.size());
        assertEquals(field, attribute(letters.getFirst(), "field"));
        assertEquals(field + ": " + problem, attribute(letters.getFirst(), "reason"));
    }

    private static String attribute(Message letter, String name) {
        return letter.messageAttributes().get(name).stringValue();
    }

    private List<String> owners(Target target) {
        return config.watches(target).stream().map(Watch::owner).map(Owner::id).toList();
    }

    private List<Due> due(Target target) {
        return config.dueInOrder(Slot.of(target, Cadence.DAILY)).toList();
    }

    private void handle(String type, String owner, String privateRoots) {
        registered.handle(event(type, owner, privateRoots));
    }

    private static String event(String type, String owner, String privateRoots) {
        var data = new HashMap<String, Object>(Map.of("url", "https://wiki.example", "owner", owner));
        Optional.ofNullable(privateRoots).ifPresent(some -> data.put("privateRoots", some));
        return Json.write(Map.of(
                "specversion",
                "1.0",
                "id",
                "1",
                "source",
                "s",
                "type",
                "dev.certtide.url." + type + ".v1",
                "data",
                data));
    }
}

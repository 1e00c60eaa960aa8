package dev.certtide.failures;

import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.SHOP;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.kit.Item;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.incident.Cause;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many who have nothing to do with each other watch the same target. */
class ManyOwnersTest {
    private final DeployedFailures failures = new DeployedFailures();

    @Test
    void eachIsTold() {
        var owners =
                IntStream.range(0, 300).mapToObj(i -> new Owner("owner-" + i)).toList();
        owners.forEach(owner -> failures.begin(watch(owner, MAIL)));

        failures.result(result(Status.CRITICAL, 0));

        var told = failures.notifications();
        assertEquals(300, told.size());
        assertEquals(300, told.stream().map(one -> one.owner()).distinct().count());
    }

    @Test
    void whereItFailsForOneTheOthersAreTold() {
        var owners =
                IntStream.range(0, 10).mapToObj(i -> new Owner("owner-" + i)).toList();
        owners.forEach(owner -> failures.begin(watch(owner, MAIL)));
        var incident = "INCIDENT#" + owners.getFirst() + "#" + Cause.of(SHOP).id();
        failures.results().put(Item.of(incident, "INCIDENT").with("incident", "nonsense"));

        failures.result(result(Status.CRITICAL, 0));

        assertEquals(1, failures.deadLetters().size());
        assertEquals(9, failures.notifications().size());
    }

    /** What others want is many items. */
    @Test
    void toLookAtTheIncidentOfOneNothingOfTheOthersIsRead() {
        failures.policy(JANE, Policies.reminders("4h"));
        failures.watch(watch(JANE, MAIL));
        failures.result(result(Status.CRITICAL, 0));
        failures.told();
        failures.configuration().put(Item.of("TARGET#" + SHOP.id(), "WATCH#joe").with("watch", "nonsense"));

        failures.pass(Duration.ofHours(4));

        assertEquals(List.of("reminder:critical shop.example"), failures.told());
    }
}

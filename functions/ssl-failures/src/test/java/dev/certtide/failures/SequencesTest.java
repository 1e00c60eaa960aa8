package dev.certtide.failures;

import static dev.certtide.failures.Samples.HOOK;
import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.JOE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.minute;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Incident;
import dev.certtide.model.Status;
import dev.certtide.model.Watch;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.Notification.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long, unlucky histories: results come twice, late and in any order, and the sender dies between telling and recording. */
class SequencesTest {
    private static final int HISTORIES = 3_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyIsToldTwiceAndRecoveryIsToldExactlyToThoseWhoWereToldOfTrouble(boolean crashes) {
        var seed = new Random().nextLong();
        for (int i = 0; i < HISTORIES; i++) {
            var history = new History(new Random(seed + i), crashes);
            history.run();
            history.check("seed " + (seed + i));
        }
    }

    private static final class History {
        private final Random random;
        private final boolean crashes;
        private final Map<String, Set<Told>> ledger = new HashMap<>();
        private final List<Notification> sent = new ArrayList<>();
        private final Set<String> resolved = new HashSet<>();
        private Optional<Incident> incident = Optional.empty();

        History(Random random, boolean crashes) {
            this.random = random;
            this.crashes = crashes;
        }

        void run() {
            var statuses = Status.values();
            var results = new ArrayList<CheckResult>();
            for (int minute = 0; minute < 2 + random.nextInt(15); minute++) {
                results.add(result(statuses[random.nextInt(statuses.length)], minute));
            }
            var deliveries = new ArrayList<>(results);
            for (int i = random.nextInt(10); i > 0; i--) {
                deliveries.add(results.get(random.nextInt(results.size())));
            }
            if (random.nextBoolean()) {
                Collections.shuffle(deliveries, random);
            }
            deliveries.forEach(this::deliver);
        }

        /** As SQS does: what was not finished comes again at once. */
        private void deliver(CheckResult result) {
            var step = IncidentSteps.next(incident, result);
            if (step.isEmpty()) {
                return;
            }
            incident = step;
            if (!step.get().isOpen()) {
                resolved.add(step.get().id());
            }
            boolean finished = tell(step.get());
            if (!finished) {
                deliver(result);
            }
        }

        private boolean tell(Incident incident) {
            var told = ledger.computeIfAbsent(incident.id(), id -> new HashSet<>());
            for (var notification : Decisions.decide(incident, watches(), told, minute(random.nextInt(100)))) {
                sent.add(notification);
                if (crashes && random.nextInt(3) == 0) {
                    return false;
                }
                told.add(new Told(notification.owner(), notification.channel().id(), notification.status()));
            }
            return true;
        }

        private List<Watch> watches() {
            return List.of(
                    watch(JANE, MAIL, HOOK),
                    watch(JOE, MAIL),
                    watch(new dev.certtide.model.Owner("paused"), MAIL).withPaused(true));
        }

        void check(String seed) {
            var words = sent.stream().map(History::words).toList();
            var keys = sent.stream().map(Notification::key).toList();
            assertEquals(
                    new LinkedHashSet<>(keys).size(),
                    new LinkedHashSet<>(words).size(),
                    "a key for each thing told, and one only; " + seed);
            if (!crashes) {
                assertEquals(words.size(), new HashSet<>(words).size(), "told twice; " + seed + words);
            }
            var recovered = hearers(kind -> kind == Kind.RECOVERED);
            var troubled = hearers(kind -> kind != Kind.RECOVERED).stream()
                    .filter(hearer -> resolved.stream().anyMatch(hearer::startsWith))
                    .collect(Collectors.toSet());
            assertEquals(troubled, recovered, seed);
            assertTrue(
                    sent.stream()
                            .noneMatch(notification -> notification.owner().id().equals("paused")),
                    seed);
            hearers(kind -> true)
                    .forEach(hearer -> assertEquals(
                            Kind.OPENED,
                            sent.stream()
                                    .filter(notification -> hearer(notification).equals(hearer))
                                    .findFirst()
                                    .orElseThrow()
                                    .kind(),
                            seed));
        }

        private Set<String> hearers(java.util.function.Predicate<Kind> kind) {
            return sent.stream()
                    .filter(notification -> kind.test(notification.kind()))
                    .map(History::hearer)
                    .collect(Collectors.toSet());
        }

        private static String hearer(Notification notification) {
            return notification.incident() + " " + notification.owner() + " "
                    + notification.channel().id();
        }

        private static String words(Notification notification) {
            return hearer(notification) + " " + notification.status();
        }
    }
}

package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.Incident.Answer;
import dev.certtide.model.incident.IncidentAnswered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnsweringTest {
    private static final Target SHOP = Target.parse("shop.example");
    private static final Instant AT = Instant.parse("2026-11-21T13:00:00Z");
    private static final Answer TAKEN =
            new Answer(Answer.Kind.ACKNOWLEDGED, AT.plusSeconds(60), Optional.of("joe"), Optional.empty());
    private static final Incident OPEN = incident("inc_1", Optional.empty(), Optional.empty());

    private final List<String> sent = new ArrayList<>();
    private Duration waited = Duration.ZERO;

    @Test
    void theAnswerIsSentOnceAndWaitedForUntilItIsThere() {
        var taken = incident("inc_1", Optional.of(TAKEN), Optional.empty());

        assertEquals(taken, answering(OPEN, OPEN, taken).say(OPEN, TAKEN));

        assertTrue(waited.isPositive());
        var event = CloudEvent.read(IncidentAnswered.class, sent.getFirst());
        assertEquals(1, sent.size());
        assertEquals("urn:certtide:cli", event.source());
        assertEquals("dev.certtide.incident.answered.v1", event.type());
        assertEquals(new IncidentAnswered(OPEN.owner(), OPEN.cause().id(), "inc_1", TAKEN), event.data());
    }

    @Test
    void anIncidentThatIsOverOrAnotherMeanwhileIsNotWaitedFor() {
        var over = incident("inc_1", Optional.empty(), Optional.of(AT.plusSeconds(61)));
        var another = incident("inc_2", Optional.empty(), Optional.empty());

        assertEquals(over, answering(over).say(OPEN, TAKEN));
        assertEquals(another, answering(another).say(OPEN, TAKEN));
        assertEquals(Duration.ZERO, waited);
    }

    @Test
    void whatComesToNothingIsToldAfterAMinute() {
        var stuck = Stream.generate(() -> OPEN).iterator();

        var failure = assertThrows(
                UnreachableCloudException.class, () -> answering(stuck).say(OPEN, TAKEN));

        assertTrue(failure.getMessage().contains("certtide incidents show inc_1"), failure.getMessage());
        assertTrue(waited.compareTo(Answering.PATIENCE) >= 0 && waited.compareTo(Duration.ofSeconds(61)) < 0);
    }

    @Test
    void aClockThatIsBehindDoesNotMakeAnAnswerCountForNothing() {
        var answered = incident("inc_1", Optional.of(TAKEN), Optional.empty());

        assertEquals(AT.plusSeconds(5), Answering.at(OPEN, AT.plusSeconds(5)));
        assertEquals(AT, Answering.at(OPEN, AT.minusSeconds(5)));
        assertEquals(TAKEN.at().plusMillis(1), Answering.at(answered, TAKEN.at()));
    }

    private Answering answering(Incident... asItIs) {
        return answering(List.of(asItIs).iterator());
    }

    private Answering answering(Iterator<Incident> asItIs) {
        return new Answering(sent::add, () -> Optional.of(asItIs.next()), pause -> waited = waited.plus(pause));
    }

    private static Incident incident(String id, Optional<Answer> answer, Optional<Instant> resolvedAt) {
        return new Incident(
                id,
                new Owner("jane"),
                Cause.of(SHOP),
                Status.WARNING,
                AT,
                Optional.empty(),
                resolvedAt,
                answer,
                false,
                false,
                SHOP,
                List.of(),
                Optional.empty(),
                List.<Channel>of(),
                false);
    }
}

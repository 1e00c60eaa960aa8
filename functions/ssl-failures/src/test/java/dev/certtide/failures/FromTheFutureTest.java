package dev.certtide.failures;

import static dev.certtide.failures.Samples.JANE;
import static dev.certtide.failures.Samples.MAIL;
import static dev.certtide.failures.Samples.result;
import static dev.certtide.failures.Samples.watch;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Status;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results by clocks that are ahead: a standing goes by the newest, so one of them would keep trouble away from it. */
class FromTheFutureTest {
    private static final int NEXT_YEAR = 400 * 24 * 60;

    private final DeployedFailures failures = new DeployedFailures();

    @BeforeEach
    void watched() {
        failures.begin(watch(JANE, MAIL));
        failures.result(result(Status.WARNING, 0));
        failures.told();
    }

    @Test
    void aGoodResultFromTheFutureEndsNothingAndHidesNoTrouble() {
        failures.tell(result(Status.OK, NEXT_YEAR));
        failures.result(result(Status.CRITICAL, 1));
        assertEquals(List.of("changed:critical shop.example"), failures.told());
        assertEquals(
                List.of("[0].data.checkedAt"),
                failures.deadLetters().stream()
                        .map(kept -> kept.messageAttributes().get("field").stringValue())
                        .toList());
    }

    @Test
    void aBadResultFromTheFutureIsToldToNobody() {
        failures.tell(result(Status.CRITICAL, NEXT_YEAR));
        assertEquals(List.of(), failures.told());
        assertEquals(1, failures.deadLetters().size());
    }

    @Test
    void aResultThatIsALittleAheadCounts() {
        failures.tell(result(Status.CRITICAL, 5));
        assertEquals(List.of("changed:critical shop.example"), failures.told());
        assertEquals(List.of(), failures.deadLetters());
    }
}

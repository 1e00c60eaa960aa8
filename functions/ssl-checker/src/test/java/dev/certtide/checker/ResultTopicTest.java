package dev.certtide.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.RecheckDue.Due;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultTopicTest {
    @Test
    void resultsAreAHundredToAMessage() {
        assertEquals(List.of(100, 100, 20), sizes(220, Status.OK));
    }

    /** A function that looks into failures has half a minute for a batch of ten messages. */
    @Test
    void thoseThatTheFailuresLookIntoAreTwenty() {
        assertEquals(List.of(20, 20, 5), sizes(45, Status.CRITICAL));
    }

    private static List<Integer> sizes(int count, Status status) {
        var results = IntStream.range(0, count)
                .mapToObj(i -> checked(Target.parse("shop-" + i + ".example"), status))
                .toList();
        return ResultTopic.messages(results).stream()
                .map(message ->
                        CloudEvent.readBatch(CheckResult.class, message.body()).size())
                .toList();
    }

    private static Checked checked(Target target, Status status) {
        return new Checked(
                new Due(target, false, Optional.empty(), Optional.empty()),
                new CheckResult(
                        target, Instant.parse("2026-11-21T12:00:00Z"), new Verdict(status, List.of()), List.of()));
    }
}

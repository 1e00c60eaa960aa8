package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.kit.Claims.Claim;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.InFrontOf;
import dev.certtide.kit.engine.InFrontOf.Fate;
import dev.certtide.kit.engine.LocalDynamoDb;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

@ExtendWith(Engines.class)
class ClaimsTest {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration REMEMBER = Duration.ofDays(90);

    private Instant now = Instant.parse("2026-11-21T13:00:00.999Z");
    private Claims claims;

    @BeforeEach
    void claimsInANewTable(LocalDynamoDb dynamoDb) {
        claims = new Claims(dynamoDb.table(), () -> now);
    }

    @Test
    void aClaimIsGrantedOnceAndHeldForItsLease() {
        granted("a");
        assertInstanceOf(Claim.Held.class, claims.claim("a", LEASE));
        granted("b");
        now = now.plus(LEASE);
        assertInstanceOf(Claim.Held.class, claims.claim("a", LEASE), "the lease is never shorter than promised");
        now = now.plusSeconds(1);
        granted("a");
    }

    @Test
    void whatIsDoneStaysDoneUntilItIsForgotten() {
        claims.done(granted("a"), REMEMBER);
        assertTrue(claims.isDone("a"));
        assertInstanceOf(Claim.Done.class, claims.claim("a", LEASE));
        now = now.plus(REMEMBER);
        assertInstanceOf(Claim.Done.class, claims.claim("a", LEASE));
        now = now.plusSeconds(1);
        assertFalse(claims.isDone("a"), "an expired item counts as absent whether or not it has been deleted");
        granted("a");
    }

    @Test
    void aClaimThatCannotBeGivenBackDoesNotHideTheFailureOfTheWork(LocalDynamoDb dynamoDb) {
        var refused = new Fate.Refused("ValidationException");
        try (var between = new InFrontOf(
                        dynamoDb.endpoint(),
                        call -> call.operation().equals("DeleteItem") ? refused : new Fate.Passed(call.body()));
                var client = LocalDynamoDb.clientOf(between.endpoint())) {
            var claims = new Claims(new Table(client, dynamoDb.newTable()), () -> now);
            var failure = new IllegalStateException("the work");
            claims.release((Claim.Granted) claims.claim("a", LEASE), failure);
            assertInstanceOf(DynamoDbException.class, failure.getSuppressed()[0]);
        }
    }

    @Test
    void aReleasedClaimCanBeGrantedAtOnce() {
        claims.release(granted("a"));
        granted("a");
    }

    @Test
    void aReleaseThatComesTooLateTakesNothingFromTheNextHolder() {
        var slow = granted("a");
        now = now.plus(LEASE).plusSeconds(1);
        var next = granted("a");
        assertNotEquals(slow.token(), next.token());
        claims.release(slow);
        assertInstanceOf(Claim.Held.class, claims.claim("a", LEASE));
    }

    @Test
    void aReleaseDoesNotUndoWhatIsDone() {
        var claim = granted("a");
        claims.done(claim, REMEMBER);
        claims.release(claim);
        assertTrue(claims.isDone("a"));
    }

    @Test
    void doneByTheOneWhoseLeaseHadEndedIsDoneAllTheSame() {
        var slow = granted("a");
        now = now.plus(LEASE).plusSeconds(1);
        granted("a");
        claims.done(slow, REMEMBER);
        assertTrue(claims.isDone("a"));
    }

    @Test
    void whatIsMarkedDoneNeedsNoClaim() {
        claims.markDone("a", REMEMBER);
        assertInstanceOf(Claim.Done.class, claims.claim("a", LEASE));
    }

    @Test
    void aClaimThatIsOnlyHeldIsNotDone() {
        granted("a");
        assertFalse(claims.isDone("a"));
        assertFalse(claims.isDone("b"));
    }

    @Test
    void ofManyAtOnceOneIsGranted() throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 32)
                    .mapToObj(_ -> threads.submit(() -> {
                        start.await();
                        return claims.claim("a", LEASE);
                    }))
                    .toList();
            start.countDown();
            int granted = 0;
            for (var claim : asked) {
                granted += claim.get() instanceof Claim.Granted ? 1 : 0;
            }
            assertEquals(1, granted);
        }
    }

    private Claim.Granted granted(String key) {
        return assertInstanceOf(Claim.Granted.class, claims.claim(key, LEASE));
    }
}

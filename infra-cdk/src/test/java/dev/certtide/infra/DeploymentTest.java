package dev.certtide.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
    private static final Path BUILT = Path.of("built");

    @Test
    void onlyTheStageHasToBeSaid() {
        assertEquals(
                new Deployment(Stage.DEV, List.of(), Optional.empty(), Map.of(), Optional.empty(), BUILT),
                Deployment.of(Map.<String, Object>of("stage", "dev")::get, BUILT));
    }

    @Test
    void publishersAreAListOrOneStringWithCommas() {
        var expected = List.of("111122223333", "012345678901");
        assertEquals(expected, publishers(List.of("111122223333", "012345678901")));
        assertEquals(expected, publishers("111122223333, 012345678901"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "*", "arn:aws:iam::111122223333:root", "111122223333,,444455556666"})
    void aPublisherThatIsNoAccountIdIsRefused(String account) {
        var refused = assertThrows(InvalidContextException.class, () -> publishers(account));
        assertTrue(refused.getMessage().startsWith("context 'publisherAccounts' has '"), refused.getMessage());
    }

    @Test
    void anAlarmAddressThatIsNoneIsRefused() {
        var context = Map.<String, Object>of("stage", "dev", "alarmEmail", "ops at example.com");
        var refused = assertThrows(InvalidContextException.class, () -> Deployment.of(context::get, BUILT));
        assertEquals("context 'alarmEmail' is 'ops at example.com'; that is no mail address", refused.getMessage());
    }

    @Test
    void theLimitsOfOwnersAreWholeNumbers() {
        var context =
                Map.<String, Object>of("stage", "dev", "maxWatchesPerOwner", 500, "maxEventsPerOwnerAndHour", "9");
        assertEquals(
                Map.of("CERTTIDE_MAX_WATCHES_PER_OWNER", "500", "CERTTIDE_MAX_EVENTS_PER_OWNER_AND_HOUR", "9"),
                Deployment.of(context::get, BUILT).ownerLimits());
        var none = Map.<String, Object>of("stage", "dev", "maxWatchesPerOwner", "none");
        assertThrows(InvalidContextException.class, () -> Deployment.of(none::get, BUILT));
    }

    @Test
    void aZipThatIsNotBuiltIsNamedWithTheWayToBuildIt(@TempDir Path empty) {
        var deployment = new Deployment(Stage.DEV, List.of(), Optional.empty(), Map.of(), Optional.empty(), empty);
        var refused = assertThrows(InvalidContextException.class, () -> deployment.zipOf("notifier"));
        assertEquals(
                "no function zip " + empty.resolve("notifier.zip")
                        + "; build it with ./mvnw -pl infra-cdk -am -DskipTests package",
                refused.getMessage());
    }

    private static List<String> publishers(Object accounts) {
        return Deployment.of(Map.of("stage", "dev", "publisherAccounts", accounts)::get, BUILT)
                .publisherAccounts();
    }
}
